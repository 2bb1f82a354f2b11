/**
 * Debris of scraping: lines that a page wraps around its article. Data, not code: to teach it another line, add one below.
 *
 * A line is compared as a whole, in lower case, with straight quotes, single spaces, and without what stands around its words
 * ("« Back", "Read more…", "Share:").
 */
const phrases = new Set(
  `
  back | back to top | back to home | go back | home | menu | close | open menu | search | loading | loading… | please wait
  skip to content | skip to main content | skip to navigation | jump to content | toggle navigation | show me the source
  view source | source | sources | generated on | read more | read also | also read | see also | learn more | more | show more | show less | load more
  view more | continue reading | keep reading | click here | next | previous | next article | previous article
  read the full story | read full article | related | related articles | related stories | related posts | related news
  related topics | recommended | recommended for you | you may also like | you might also like | more from us
  more stories | more news | top stories | latest news | trending | trending now | most read | most popular | popular posts
  recent posts | editor's picks | don't miss | share | share this | share this article | share this story | share this post
  share on facebook | share on twitter | share on x | share on linkedin | share on whatsapp | share via email | share with friends
  tweet | facebook | twitter | whatsapp | linkedin | telegram | reddit | pinterest | instagram | email | print | print this page
  copy link | link copied | save | save article | bookmark | like | like this | follow us | follow us on | follow | listen
  listen to this article | watch | subscribe | subscribe now | subscribe to our newsletter | sign up | sign in | log in | login
  register | newsletter | newsletters | sign up for our newsletter | join our newsletter | enter your email
  your email address | no thanks | advertisement | advertisements | ad | ads | sponsored | sponsored content | promoted | promoted content
  story continues below advertisement | article continues below | continue reading below | scroll to continue
  comments | no comments | no comments yet | leave a reply | leave a comment | post a comment | post comment | add a comment | write a comment
  view comments | be the first to comment | cancel reply | reply | name | website | your name | submit
  your email address will not be published | required fields are marked
  your email address will not be published. required fields are marked
  save my name, email, and website in this browser for the next time i comment
  accept | accept all | accept cookies | accept all cookies | reject all | manage cookies | cookie settings | cookie policy
  manage preferences | privacy policy | privacy | terms | terms of use | terms of service | terms and conditions | contact
  contact us | about | about us | careers | sitemap | advertise with us | we use cookies | this site uses cookies
  all rights reserved | disclaimer | tags | filed under | topics | categories | category | uncategorized
  about the author | image source | photo gallery | view gallery | play video | enlarge image | click to enlarge
  javascript is disabled | please enable javascript | please enable javascript to continue
  enable javascript and cookies to continue | press release | breaking news | breaking | exclusive | live | live updates
  `
    .split(/[|\n]/u)
    .map((phrase) => worded(phrase))
    .filter((phrase) => phrase !== ''),
);

/** Lines known by how they begin. Applied to short lines that do not end like a sentence. */
// biome-ignore format: a table
const openings = [
  '©', '(c) ', 'copyright ©', 'copyright (c)', 'all rights reserved', 'generated on:', 'published on:', 'published:', 'updated:', 'last updated',
  'last modified', 'posted on', 'posted by', 'posted in', 'filed under:', 'tags:', 'tagged:', 'categories:', 'category:',
  'share this', 'share on ', 'follow us on', 'subscribe to our ', 'subscribe for ', 'sign up for our ', 'sign up to our ', 'photo:', 'photo by ',
  'image:', 'image credit', 'photo credit', 'picture:', 'credit:', 'read also:', 'also read:', 'read more:', 'see also:',
  'related:', 'this site uses cookies', 'this website uses cookies', 'we use cookies', 'by clicking ',
  'your email address will not be', 'advertisement -', 'click here to ', 'download our app', 'download the app',
];

/** Lines known by their shape, compared after `worded`. Every quantifier is bounded, so each is linear. */
const shapes = [
  /^\d{1,3} ?-?min(?:ute)?s?(?: read)?$/,
  /^\d{1,6} (?:comments?|shares?|views?|likes?|replies|reply|reads?)$/,
  /^(?:about )?\d{1,2} (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago$/,
  /^page \d{1,4}(?: (?:of|\/) \d{1,4})?$/,
  /^copyright (?:1[5-9]|20)\d\d\b/,
  /^powered by [\w.-]{1,30}(?: [\w.-]{1,30})?$/,
  /^[\w .,'-]{1,60} all rights reserved$/,
];

/** Longest line that is looked at, in characters: longer ones are prose. */
const longestLine = 160;
/** A line of at least so many words that ends like a sentence is debris by its exact phrase only. */
const sentenceWords = 6;

/** Whether a whole line (or a paragraph on its own) is debris of scraping. */
export function isDebris(line: string): boolean {
  if (line.length > longestLine) return false;
  const words = worded(line);
  if (words === '') return true;
  if (phrases.has(words)) return true;
  const count = words.split(' ').length;
  if (count >= sentenceWords && /[.!?]["')\]”’]?$/.test(line.trim())) return false;
  const lower = plain(line);
  return openings.some((opening) => lower.startsWith(opening)) || shapes.some((shape) => shape.test(words));
}

/** Lower case, straight quotes, single spaces. */
function plain(line: string): string {
  return line.toLowerCase().replaceAll('’', "'").replaceAll('‘', "'").trim().split(/\s+/u).join(' ');
}

/** `plain`, without the signs before the first and after the last letter or digit: '' if there is none. */
function worded(line: string): string {
  const characters = Array.from(plain(line));
  const isWord = (character: string) => /[\p{L}\p{N}]/u.test(character);
  const first = characters.findIndex(isWord);
  return first < 0 ? '' : characters.slice(first, characters.findLastIndex(isWord) + 1).join('');
}
