import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

/** Leads to the page of a change set, by its global id: `ChangeSet:7` is at `/changes/7`. */
export function ChangeSetLink(props: { id: string; className?: string; children: ReactNode }) {
  const { history } = useRouter();
  const path = `/changes/${encodeURIComponent(props.id.replace(/^ChangeSet:/, ''))}`;
  const open = (event: MouseEvent) => {
    // Another tab is the browser's to open.
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      history.push(path);
    }
  };
  return (
    <a href={path} className={props.className} onClick={open}>
      {props.children}
    </a>
  );
}
