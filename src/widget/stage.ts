/** What every part of the widget needs to draw itself. */
import type { WidgetTexts } from '../texts.ts';
import type { Answer, Citation } from '../types.ts';
import type { Endpoint } from './endpoint.ts';

export interface Stage {
  texts: WidgetTexts;
  /** Of the texts, BCP 47. */
  language: string;
  endpoint: Endpoint;
  /** A numbered mark that shows its citation and opens it. */
  mark: (citation: Citation, answer: Pick<Answer, 'citations' | 'nearest'>) => HTMLElement;
  /** Opens the document at the citation; `opener` gets the focus back. */
  openSource: (citation: Citation, answer: Pick<Answer, 'citations' | 'nearest'>, opener: HTMLElement) => void;
  /** Tells a screen reader, politely. */
  announce: (sentence: string) => void;
}
