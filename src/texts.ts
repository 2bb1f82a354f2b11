/** Every sentence that the widget says, in English and German. Another language is one more entry in `widgetTexts`. */

// So that the widget is built without the texts of the pages, and the other way round.
/* @__NO_SIDE_EFFECTS__ */
const count = (one: string, many: string) => (number: number) =>
  number === 1 ? one : many.replace('#', String(number));

const english = {
  title: 'Ask the documents',
  greeting: 'What would you like to know?',
  open: 'Ask a question',
  close: 'Close',
  log: 'Questions and answers',
  suggestions: 'Suggested questions',
  question: 'Your question',
  placeholder: 'Ask a question',
  ask: 'Ask',
  stop: 'Stop',
  afresh: 'New conversation',
  busy: 'One question at a time: the answer is still on its way.',
  // waiting
  reading: 'Reading the documents…',
  slow: 'This is taking longer than usual. You can go on waiting, or stop.',
  stopped: 'Stopped.',
  retry: 'Ask again',
  edit: 'Change the question',
  expired: 'The earlier conversation has expired, so this question was asked on its own.',
  searched: (question: string) => `Searched for “${question}”`,
  // the answer
  yes: 'Yes',
  no: 'No',
  source: (number: number, title: string) => `Source ${number}: ${title}`,
  sources: count('In its own words', 'In their own words'),
  agree: (documents: number) => `${documents} articles say so`,
  differ: 'The documents differ',
  compatible: 'The documents put it differently; both can be true',
  newest: 'newest',
  documents: count('1 article', '# articles'),
  unanswered: 'The documents don’t say.',
  nearest: 'What comes closest – read for yourself whether it helps:',
  readInPlace: 'Read it in place',
  original: 'Original',
  fallback: 'The chat model could not answer. This is the built-in answer.',
  writtenBy: (model: string) => `Put into words by ${model}; every quote was checked.`,
  sure: (percent: string) => `${percent} sure`,
  sureHint: 'How likely it is, as measured, that this answers the question',
  // what can be done with it
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'The browser does not let this page copy.',
  up: 'Good answer',
  down: 'Bad answer',
  thanks: 'Thank you.',
  note: 'What was good or bad about it? (optional)',
  send: 'Send',
  noteSent: 'Thank you for the note.',
  feedbackFailed: 'Your feedback could not be kept. Please try again later.',
  // the document beside the conversation
  document: 'Document',
  back: 'Back to the answer',
  newTab: 'Open as a page',
  previous: 'Previous quote',
  next: 'Next quote',
  loading: 'Opening the document…',
  changed: 'This document has changed since the answer was given.',
  gone: 'The quoted words are no longer in it:',
  documentFailed: 'The document could not be opened.',
  // announcements
  complete: count('Answer complete, with 1 quote.', 'Answer complete, with # quotes.'),
  // what can go wrong
  failures: {
    UNREACHABLE: 'The server cannot be reached. It may be down, or there is no connection.',
    OFFLINE: 'There is no connection to the internet.',
    LOST: 'The connection broke off before the answer was complete.',
    RATE_LIMITED: 'Those were many questions in a short time.',
    BUSY: 'Very many people are asking just now.',
    NOT_READY: 'The server is not ready yet.',
    QUESTION_TOO_LONG: 'The question is too long.',
    DOCUMENT_UNKNOWN: 'The documents that this page asks about are not there any more.',
    ORIGIN_DENIED: 'This page is not allowed to ask here.',
    PROTOCOL_UNSUPPORTED: 'This page is out of date. Please load it again.',
    UNREADABLE: 'The answer could not be shown.',
    OTHER: 'Something went wrong on the server.',
  },
  wait: count('Try again in a second.', 'Try again in # seconds.'),
  kept: 'Your question is still here.',
  reference: (id: string) => `Reference: ${id}`,
};

export type WidgetTexts = typeof english;

const german: WidgetTexts = {
  title: 'Die Dokumente fragen',
  greeting: 'Was möchten Sie wissen?',
  open: 'Eine Frage stellen',
  close: 'Schließen',
  log: 'Fragen und Antworten',
  suggestions: 'Vorgeschlagene Fragen',
  question: 'Ihre Frage',
  placeholder: 'Stellen Sie eine Frage',
  ask: 'Fragen',
  stop: 'Anhalten',
  afresh: 'Neues Gespräch',
  busy: 'Eine Frage nach der anderen: Die Antwort ist noch unterwegs.',
  reading: 'Die Dokumente werden gelesen …',
  slow: 'Das dauert länger als gewöhnlich. Sie können weiter warten oder anhalten.',
  stopped: 'Angehalten.',
  retry: 'Noch einmal fragen',
  edit: 'Frage ändern',
  expired: 'Das frühere Gespräch ist abgelaufen; diese Frage wurde für sich gestellt.',
  searched: (question) => `Gesucht wurde „${question}“`,
  yes: 'Ja',
  no: 'Nein',
  source: (number, title) => `Beleg ${number}: ${title}`,
  sources: count('Im Wortlaut', 'Im Wortlaut'),
  agree: (documents) => `${documents} Artikel sagen das`,
  differ: 'Die Dokumente sind sich nicht einig',
  compatible: 'Die Dokumente sagen es verschieden; beides kann stimmen',
  newest: 'am neuesten',
  documents: count('1 Artikel', '# Artikel'),
  unanswered: 'Das steht nicht in den Dokumenten.',
  nearest: 'Was dem am nächsten kommt – lesen Sie selbst, ob es weiterhilft:',
  readInPlace: 'An Ort und Stelle lesen',
  original: 'Original',
  fallback: 'Das Sprachmodell konnte nicht antworten. Dies ist die eingebaute Antwort.',
  writtenBy: (model) => `Formuliert von ${model}; jedes Zitat wurde geprüft.`,
  sure: (percent) => `zu ${percent} sicher`,
  sureHint: 'Wie wahrscheinlich es nach Messung ist, dass dies die Frage beantwortet',
  copy: 'Kopieren',
  copied: 'Kopiert',
  notCopied: 'Der Browser erlaubt dieser Seite das Kopieren nicht.',
  up: 'Gute Antwort',
  down: 'Schlechte Antwort',
  thanks: 'Vielen Dank.',
  note: 'Was war daran gut oder schlecht? (freiwillig)',
  send: 'Senden',
  noteSent: 'Vielen Dank für die Anmerkung.',
  feedbackFailed: 'Ihre Rückmeldung konnte nicht gespeichert werden. Bitte versuchen Sie es später noch einmal.',
  document: 'Dokument',
  back: 'Zurück zur Antwort',
  newTab: 'Als Seite öffnen',
  previous: 'Voriges Zitat',
  next: 'Nächstes Zitat',
  loading: 'Das Dokument wird geöffnet …',
  changed: 'Dieses Dokument hat sich seit der Antwort geändert.',
  gone: 'Die zitierten Worte stehen nicht mehr darin:',
  documentFailed: 'Das Dokument konnte nicht geöffnet werden.',
  complete: count('Antwort vollständig, mit einem Zitat.', 'Antwort vollständig, mit # Zitaten.'),
  failures: {
    UNREACHABLE: 'Der Server ist nicht zu erreichen. Vielleicht läuft er nicht, oder es besteht keine Verbindung.',
    OFFLINE: 'Es besteht keine Verbindung zum Internet.',
    LOST: 'Die Verbindung ist abgebrochen, bevor die Antwort vollständig war.',
    RATE_LIMITED: 'Das waren viele Fragen in kurzer Zeit.',
    BUSY: 'Gerade fragen sehr viele Menschen.',
    NOT_READY: 'Der Server ist noch nicht bereit.',
    QUESTION_TOO_LONG: 'Die Frage ist zu lang.',
    DOCUMENT_UNKNOWN: 'Die Dokumente, um die es auf dieser Seite geht, gibt es nicht mehr.',
    ORIGIN_DENIED: 'Diese Seite darf hier nicht fragen.',
    PROTOCOL_UNSUPPORTED: 'Diese Seite ist veraltet. Bitte laden Sie sie neu.',
    UNREADABLE: 'Die Antwort konnte nicht gezeigt werden.',
    OTHER: 'Auf dem Server ist etwas schiefgegangen.',
  },
  wait: count('Versuchen Sie es in einer Sekunde noch einmal.', 'Versuchen Sie es in # Sekunden noch einmal.'),
  kept: 'Ihre Frage ist noch da.',
  reference: (id) => `Kennung: ${id}`,
};

/** By primary language subtag. */
export const widgetTexts: Record<string, WidgetTexts> = { en: english, de: german };

/** The language to speak, of those that are wanted, best first (BCP 47); English where there is none of them. */
export function spokenLanguage(wanted: readonly string[]): string {
  const primary = wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  return primary.find((language) => Object.hasOwn(widgetTexts, language)) ?? 'en';
}

const englishPage = {
  motto: 'Ask your articles. Get answers in their own words.',
  quotedFrom: count('Every answer is quoted from this document:', 'Every answer is quoted from these # documents:'),
  more: count('and 1 more', 'and # more'),
  noDocuments: 'There are no documents yet.',
  needsScript: 'Asking on this page needs JavaScript; POST /api/chat does not.',
  original: (site: string) => `Original at ${site}`,
  by: (author: string) => `By ${author}`,
  print: 'Print',
  copyLink: 'Copy link to these words',
  linkCopied: 'The link is copied.',
  linkNotCopied: 'The browser does not let this page copy. This is the link:',
  quotes: 'Quotes of the answer',
  // # is the one that is shown, ## how many there are
  quoteOf: 'Quote # of ##',
  previous: 'Previous quote',
  next: 'Next quote',
  quoteBegins: 'Quote begins.',
  quoteEnds: 'Quote ends.',
  changed:
    'This document has changed since the link was made, so the quoted words may stand elsewhere. Nothing is highlighted.',
  notFound: 'Not found',
  failed: 'That did not work',
  askInstead: 'Ask a question',
};

export type PageTexts = typeof englishPage;

const germanPage: PageTexts = {
  motto: 'Fragen Sie Ihre Artikel. Antworten in deren eigenen Worten.',
  quotedFrom: count(
    'Jede Antwort ist aus diesem Dokument zitiert:',
    'Jede Antwort ist aus diesen # Dokumenten zitiert:',
  ),
  more: count('und ein weiteres', 'und # weitere'),
  noDocuments: 'Es gibt noch keine Dokumente.',
  needsScript: 'Fragen auf dieser Seite braucht JavaScript; POST /api/chat nicht.',
  original: (site) => `Original bei ${site}`,
  by: (author) => `Von ${author}`,
  print: 'Drucken',
  copyLink: 'Link zu diesen Worten kopieren',
  linkCopied: 'Der Link ist kopiert.',
  linkNotCopied: 'Der Browser erlaubt dieser Seite das Kopieren nicht. Das ist der Link:',
  quotes: 'Zitate der Antwort',
  quoteOf: 'Zitat # von ##',
  previous: 'Voriges Zitat',
  next: 'Nächstes Zitat',
  quoteBegins: 'Anfang des Zitats.',
  quoteEnds: 'Ende des Zitats.',
  changed:
    'Dieses Dokument hat sich geändert, seit der Link entstand; die zitierten Worte stehen vielleicht anderswo. Es ist nichts hervorgehoben.',
  notFound: 'Nicht gefunden',
  failed: 'Das hat nicht geklappt',
  askInstead: 'Eine Frage stellen',
};

/** What the pages around a document and an error say; the languages are those of the widget. */
export const pageTexts = (language: string): PageTexts => (language === 'de' ? germanPage : englishPage);
