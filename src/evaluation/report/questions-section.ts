import { html, type Markup } from '../../text/html.ts';
import type { Scored } from '../types.ts';
import { askingBody, type LinkOptions, type Shown } from './asking-body.ts';

type State = 'right' | 'wrong' | 'known' | 'unmarked';

const signs: Record<State, string> = { right: '✓', wrong: '✗', known: '!', unmarked: '·' };
const spoken: Record<State, string> = {
  right: 'right',
  wrong: 'wrong',
  known: 'known to fail',
  unmarked: 'not marked',
};

function stateOf({ fault, knownMiss, expected }: Scored): State {
  if (fault !== null) return knownMiss === null ? 'wrong' : 'known';
  return expected === null ? 'unmarked' : 'right';
}

/** Every question with its answer, its quotes where they stand, and why it was marked wrong; filtered without a script. */
export function questionsSection(
  shown: readonly Shown[],
  options: LinkOptions,
): { body: Markup; style: string; script: string } {
  const tags = [...new Set(shown.flatMap(({ scored }) => scored.tags))].sort();
  const states = (['right', 'wrong', 'known', 'unmarked'] as const).filter((state) =>
    shown.some(({ scored }) => stateOf(scored) === state),
  );
  const kinds = ['answered', 'unanswered', 'failed'].filter((kind) => shown.some(({ scored }) => scored.kind === kind));
  const body = html`<section class="questions" aria-labelledby="every-question">
<h2 id="every-question">Every question</h2>
<div class="filters">
${radios('state', 'Show', [['all', `all ${shown.length}`], ...states.map((state): Choice => [state, `${spoken[state]} (${countOf(shown, state)})`])])}
${radios('kind', 'that were', [['any', 'answered or not'], ...kinds.map((kind): Choice => [kind, kindWords[kind] ?? kind])])}
${
  tags.length === 0
    ? null
    : html`<details${tags.length <= 14 ? html` open` : null}><summary>By tag</summary>${radios('tag', 'tagged', [
        ['any', 'anything'],
        ...tags.map((tag, at): Choice => [String(at), tag]),
      ])}</details>`
}
<p id="search-line" class="none"><input class="search" id="search" type="search" aria-label="Words in question or answer" placeholder="Words in question or answer"></p>
</div>
${shown.map((one) => question(one, tags, options))}
</section>`;
  return { body, style: filterStyle(states, kinds, tags.length), script: SEARCH };
}

type Choice = [value: string, label: string];

const kindWords: Record<string, string> = { answered: 'answered', unanswered: 'declined', failed: 'not asked' };

function countOf(shown: readonly Shown[], state: State): number {
  return shown.filter(({ scored }) => stateOf(scored) === state).length;
}

function radios(name: string, legend: string, choices: readonly Choice[]): Markup {
  return html`<fieldset><legend>${legend}</legend>${choices.map(
    ([value, label], at) =>
      html`<input type="radio" name="${name}" id="${name}-${value}"${at === 0 ? html` checked` : null}><label for="${name}-${value}">${label}</label>`,
  )}</fieldset>`;
}

/** A chosen filter hides whatever is of another class. */
function filterStyle(states: readonly string[], kinds: readonly string[], tags: number): string {
  const hide = (id: string, kept: string) =>
    `.questions:has(#${id}:checked) .question:not(.${kept}) { display: none; }`;
  return [
    ...states.map((state) => hide(`state-${state}`, state)),
    ...kinds.map((kind) => hide(`kind-${kind}`, `is-${kind}`)),
    ...Array.from({ length: tags }, (_, at) => hide(`tag-${at}`, `tag-${at}`)),
  ].join('\n');
}

/** Searching needs a script; without one the line is not shown. */
const SEARCH = `
const questions = [...document.querySelectorAll('.question')].map((it) => [it, it.textContent.toLowerCase()]);
document.getElementById('search-line').classList.remove('none');
document.getElementById('search').addEventListener('input', ({ target }) => {
  const words = target.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const [it, text] of questions) it.classList.toggle('none', !words.every((word) => text.includes(word)));
});
addEventListener('beforeprint', () => { for (const [it] of questions) it.open = true; });
`;

function question(one: Shown, tags: readonly string[], options: LinkOptions): Markup {
  const { scored } = one;
  const state = stateOf(scored);
  const classes = [state, `is-${scored.kind}`, ...scored.tags.map((tag) => `tag-${tags.indexOf(tag)}`)].join(' ');
  const repeat = scored.repeat > 1 ? ` (time ${scored.repeat})` : '';
  const sure = scored.confidence === null ? '' : `confidence ${scored.confidence.toFixed(2)}`;
  return html`<details class="question ${classes}"><summary><span class="sign" title="${spoken[state]}" aria-label="${spoken[state]}">${signs[state]}</span><span class="asked">${scored.question}${repeat}</span><span class="sure">${sure}</span>${
    scored.fault === null
      ? null
      : html`<span class="fault">${scored.fault}${scored.knownMiss === null ? null : html` Known: ${scored.knownMiss}`}</span>`
  }${scored.tags.length === 0 ? null : html`<span class="tags">${scored.tags.join(' · ')}</span>`}</summary>
<div class="body">${askingBody(one, options)}</div></details>
`;
}
