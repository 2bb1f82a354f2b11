/** What axe-core finds wrong with a page for people who use it otherwise. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Finding {
  id: string;
  impact: string | null;
  help: string;
  nodes: { html: string; any: { message: string }[] }[];
}

/** The serious and critical findings, one line each; shadow trees are looked into. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Through the debugger: a page's CSP lets no other script in.
  await page.evaluate(axe.source);
  const violations = await page.evaluate<Finding[]>('axe.run(document).then(({ violations }) => violations)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ html, any }) => `${id}: ${help}: ${html.slice(0, 160)} ${any.map(({ message }) => message).join('; ')}`,
      ),
    );
}
