/** The pages' templates; the evaluation's report is made with the same. */
export { html, type Markup } from '../text/html.ts';
