import { Fragment } from 'react';

/** Where the words of what is sought stand in a text: its pieces, every second of which is one of them. */
export function piecesOf(text: string, sought: string): string[] {
  const words = sought.split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [text];
  }
  const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text.split(new RegExp(`(${escaped.join('|')})`, 'giu'));
}

export function Marked({ text, sought }: { text: string; sought: string }) {
  let offset = 0;
  return (
    <bdi>
      {piecesOf(text, sought).map((piece, index) => {
        const key = offset;
        offset += piece.length + 1;
        return index % 2 === 1 ? (
          <mark key={key}>{piece}</mark>
        ) : (
          <Fragment key={key}>{piece}</Fragment>
        );
      })}
    </bdi>
  );
}
