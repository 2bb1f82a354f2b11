/** `GET /api/documents` and `/api/documents/:id`: the documents that answer now. */
import type { Request, RequestHandler } from 'express';
import { PullquoteError, shown } from '../errors.ts';
import type { Chatbot, Document } from '../types.ts';

/** A document without its text, as clients list it. */
function entry({ id, title, author, publisher, url, published, revision, format, text }: Document) {
  // Absent fields are undefined here, and JSON leaves those out.
  return { id, title, author, publisher, url, published, revision, format, characters: text.length };
}

export function listDocuments(chatbot: Chatbot): RequestHandler {
  return (_req, res) => {
    const { generation, documents } = chatbot.corpus();
    res.set('cache-control', 'no-cache').json({ generation, documents: [...documents.values()].map(entry) });
  };
}

export function showDocument(chatbot: Chatbot): RequestHandler {
  return (req, res) => {
    const { generation, document } = documentAt(chatbot, req);
    const { text, blocks, markup } = document;
    res.set('cache-control', 'no-cache').json({ generation, ...entry(document), text, blocks, markup });
  };
}

/**
 * The document that a path names behind its route (`*id`), slashes plain or encoded.
 *
 * @throws DOCUMENT_UNKNOWN
 */
export function documentAt(chatbot: Chatbot, req: Request): { generation: string; document: Document } {
  const parts: string | string[] | undefined = req.params.id;
  const id = Array.isArray(parts) ? parts.join('/') : (parts ?? '');
  const { generation, documents } = chatbot.corpus();
  const document = documents.get(id);
  if (!document) throw new PullquoteError('DOCUMENT_UNKNOWN', `There is no document ${shown(id)}`, { id });
  return { generation, document };
}
