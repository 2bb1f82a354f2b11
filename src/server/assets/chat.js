/** Asking: what is typed stays in the box until it is answered. */
import { answerElements, element } from './answer.js';

const form = document.getElementById('ask');
const box = document.getElementById('question');
const log = document.getElementById('log');
const problem = document.getElementById('problem');
const afresh = document.getElementById('afresh');
const submit = form.querySelector('button[type=submit]');

const storageKey = 'pullquote.conversation';
/** Answers shown again after a reload. */
const answersKept = 20;

/** {id, answers}: of this tab, gone with it. */
let conversation = stored();
let asking = false;

function stored() {
  try {
    const { id, answers } = JSON.parse(sessionStorage.getItem(storageKey));
    return { id, answers: answers.slice() };
  } catch {
    return { id: null, answers: [] };
  }
}

function store() {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(conversation));
  } catch {
    // No room, or storage is forbidden: the conversation goes on without surviving a reload.
  }
}

class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** The answer, or a Refusal whose message a person can read. */
async function ask(question) {
  const response = await fetch('/api/chat', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ question, ...(conversation.id && { conversationId: conversation.id }) }),
  }).catch(() => {
    throw new Refusal('UNREACHABLE', 'The server cannot be reached');
  });
  const reply = await response.json().catch(() => null);
  if (response.ok && reply?.version === 1) return reply;
  const wait = response.headers.get('retry-after');
  const message = reply?.error?.message ?? `The server replied with ${response.status}`;
  throw new Refusal(reply?.error?.code, wait ? `${message}. Try again in ${wait} seconds` : message);
}

/** Asks once more on its own where the conversation has expired meanwhile. */
async function askOrBeginAgain(question) {
  try {
    return { answer: await ask(question), note: null };
  } catch (error) {
    if (error.code !== 'CONVERSATION_UNKNOWN') throw error;
    conversation = { id: null, answers: [] };
    return { answer: await ask(question), note: 'The earlier conversation has expired: this was asked on its own.' };
  }
}

function turn(question, ...below) {
  return element('article', { className: 'turn' }, element('h2', { dir: 'auto' }, question), ...below);
}

async function submitQuestion() {
  const question = box.value.trim();
  if (asking) return;
  if (question === '') return box.focus();
  waiting(true);
  problem.textContent = '';
  const pending = turn(question, element('p', { className: 'reading' }, 'Reading…'));
  log.append(pending);
  pending.scrollIntoView({ block: 'nearest' });
  try {
    const { answer, note } = await askOrBeginAgain(question);
    const shown = turn(
      question,
      ...(note ? [element('p', { className: 'note' }, note)] : []),
      ...answerElements(answer),
    );
    pending.replaceWith(shown);
    const { conversationId, ...kept } = answer;
    conversation = { id: conversationId, answers: [...conversation.answers, kept].slice(-answersKept) };
    store();
    box.value = '';
    afresh.hidden = false;
    shown.querySelector('h2').scrollIntoView({ block: 'start' });
  } catch (error) {
    pending.remove();
    const reason = error instanceof Refusal ? error.message : 'The answer could not be shown';
    problem.textContent = `${reason}. Your question is still here.`;
  } finally {
    waiting(false);
    box.focus({ preventScroll: true });
  }
}

function waiting(now) {
  asking = now;
  box.readOnly = now;
  submit.setAttribute('aria-disabled', String(now));
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void submitQuestion();
});

box.addEventListener('keydown', (event) => {
  // While a character is being composed (Japanese, Chinese, …), Enter belongs to the keyboard.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  void submitQuestion();
});

afresh.addEventListener('click', () => {
  conversation = { id: null, answers: [] };
  store();
  log.replaceChildren();
  problem.textContent = '';
  afresh.hidden = true;
  box.focus();
});

for (const answer of conversation.answers) log.append(turn(answer.question, ...answerElements(answer)));
afresh.hidden = conversation.answers.length === 0;
