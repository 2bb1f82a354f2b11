import type { Request, Response } from 'express';
import { spokenLanguage } from '../texts.ts';

/** The language of a page: the owner's, else the one that the browser asks for. */
export function pageLanguage(req: Request, res: Response, owners: string | null): string {
  if (owners !== null) return spokenLanguage([owners]);
  res.vary('Accept-Language');
  return spokenLanguage(req.acceptsLanguages());
}
