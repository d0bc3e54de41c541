import { useCallback } from 'react';
import { throughClient } from '../../console/client.ts';
import { LastChangeSetDocument } from './documents.ts';
import { type LastChangeSet, preview, type Settings } from './job.ts';

const PATIENCE_MS = 5_000;

/** Whether anything was changed meanwhile is worth a question, but not a wait for a server that is away. */
export async function findLastChangeSet(): Promise<LastChangeSet> {
  const asked = throughClient.query(LastChangeSetDocument, {}).toPromise();
  const tired = new Promise<undefined>((resolve) =>
    setTimeout(() => resolve(undefined), PATIENCE_MS),
  );
  const nodes = (await Promise.race([asked, tired]))?.data?.changeSets.nodes;
  return nodes && (nodes[0]?.id ?? null);
}

export function usePreview() {
  return useCallback((settings: Settings) => void preview(settings, findLastChangeSet), []);
}
