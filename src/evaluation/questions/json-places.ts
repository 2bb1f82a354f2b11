import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { wrong } from './wrong.ts';

/** A JSON text with the line of each of its values. */
export interface PlacedJson {
  value: unknown;
  /** From 1; that of the nearest value around it for a path that is not there. */
  line: (path: readonly PropertyKey[]) => number;
}

/** Strict JSON. Throws QUESTIONS_INVALID naming the line on which it ends to be JSON. */
export function parsePlacedJson(text: string, file: string): PlacedJson {
  const starts = lineStarts(text);
  const lineAt = (offset: number) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first !== undefined || tree === undefined) {
    const what = first === undefined ? 'it is empty' : spelled(printParseErrorCode(first.error));
    throw wrong(file, lineAt(first?.offset ?? 0), `not JSON: ${what}`);
  }
  return {
    value: getNodeValue(tree),
    line(path) {
      for (let length = path.length; length > 0; length--) {
        const node: Node | undefined = findNodeAtLocation(tree, path.slice(0, length) as (string | number)[]);
        if (node !== undefined) return lineAt(node.offset);
      }
      return lineAt(tree.offset);
    },
  };
}

/** `CommaExpected` → "comma expected". */
function spelled(code: string): string {
  return code.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
