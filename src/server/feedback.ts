/** `POST /api/feedback`: what somebody thinks of an answer. */
import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import * as z from 'zod';
import type { Conversations } from '../conversations.ts';
import type { Feedback, FeedbackLog } from '../feedback/feedback-log.ts';
import { checkAnswer, findGiven, ratedAnswer } from '../feedback/rated-answer.ts';
import type { Chatbot } from '../types.ts';
import { bodyOf, fieldsOf, parsed } from './request-body.ts';

export interface FeedbackOptions {
  chatbot: Chatbot;
  conversations: Conversations;
  feedback: FeedbackLog;
  /** The time now; default the machine's. */
  clock?: () => Date;
}

/** 24 characters that cannot be guessed: only who gave feedback can change it. */
const idBytes = 18;

const form = z.strictObject({
  /** Of earlier feedback on this answer, which this one replaces. */
  id: z
    .string()
    .regex(/^[\w-]{24}$/)
    .optional(),
  /** null takes it back. */
  rating: z.enum(['up', 'down']).nullable(),
  note: z.string().max(2000).optional(),
  conversationId: z.string().max(128).optional(),
  /** As it came. */
  answer: ratedAnswer,
  /** The questions before it. */
  history: z.array(z.string().max(50_000)).max(50).optional(),
  documents: z.array(z.string().max(4096)).min(1).max(1000).optional(),
});

/**
 * Keeps it, and answers with its id. The conversation may have expired meanwhile: then the answer is the one that the client sends back, held
 * against the documents.
 */
export function takeFeedback({
  chatbot,
  conversations,
  feedback,
  clock = () => new Date(),
}: FeedbackOptions): RequestHandler {
  return async (req, res) => {
    const { id, rating, note, conversationId, answer, history, documents } = parsed(
      form,
      fieldsOf(bodyOf(req, '{"rating": "up", "answer": {…}}')),
    );
    const turns = (conversationId !== undefined && conversations.get(conversationId)) || [];
    const given = findGiven(turns, answer);
    const asked = given ? given.documents : documents;
    const kept: Feedback = {
      version: 1,
      id: id ?? randomBytes(idBytes).toString('base64url'),
      at: clock().toISOString(),
      rating,
      ...(note?.trim() && { note: note.trim() }),
      trust: given ? 'given' : checkAnswer(answer, chatbot.corpus().documents),
      history: given?.history ?? history ?? [],
      ...(asked && { documents: asked }),
      answer: given?.answer ?? answer,
    };
    await feedback.append(kept);
    res.status(201).set('cache-control', 'no-store').json({ id: kept.id });
  };
}
