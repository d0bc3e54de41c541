import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Client, useClient } from 'urql';
import { type Answer, write } from '../../console/forms/answer.ts';
import type { Notice } from '../../console/forms/undo.tsx';
import { problemOf } from '../../console/forms/user-errors.ts';
import { AttachDocument, DetachDocument, type MatrixRow } from './documents.ts';

/** What is known of a model and a capability. */
export const SUPPORTS = ['SUPPORTED', 'UNSUPPORTED', 'UNKNOWN'] as const;
export type Known = (typeof SUPPORTS)[number];

export interface Capability {
  id: string;
  name: string;
  displayName: string;
}

const linkOf = (row: MatrixRow, name: string) =>
  row.capabilities.find(({ capability }) => capability.name === name);

export const knownOf = (row: MatrixRow, name: string): Known =>
  linkOf(row, name)?.support ?? 'UNKNOWN';

export const isConfigured = (row: MatrixRow, name: string) => linkOf(row, name)?.config != null;

export const cellKey = (row: { id: string }, { name }: { name: string }) => `${row.id} ${name}`;

const attach = write('attachCapabilities', AttachDocument);
const detach = write('detachCapabilities', DetachDocument);

function setOne(
  client: Client,
  row: MatrixRow,
  { id, name }: Capability,
  to: Known,
): Promise<Answer> {
  if (to === 'UNKNOWN') {
    return detach(client, { modelId: row.id, capabilities: [id] });
  }
  // What was known is replaced whole: its configuration goes along.
  const { config = null, isDefault = false } = linkOf(row, name) ?? {};
  const capabilities = [{ capability: id, support: to, config, isDefault }];
  return attach(client, { modelId: row.id, capabilities });
}

/** Sets cells. One shows what was chosen at once, and goes back if the server refuses. */
export function useCells(tell: (notice: Notice) => void, onChanged: () => void) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const [pending, setPending] = useState<ReadonlyMap<string, Known>>(new Map());

  const set = useCallback(
    async (row: MatrixRow, capability: Capability, to: Known) => {
      const key = cellKey(row, capability);
      if (knownOf(row, capability.name) === to) {
        return;
      }
      setPending((before) => new Map([...before, [key, to]]));
      const answer = await setOne(client, row, capability, to);
      setPending((before) => new Map([...before].filter(([each]) => each !== key)));
      const problem = problemOf(answer, t, i18n.language);
      const names = { model: row.displayName ?? row.name, capability: capability.displayName };
      tell(
        problem === undefined
          ? {
              text: t(`capabilities.set.${to}`, names),
              changeSets: answer.changeSet === null ? [] : [answer.changeSet],
            }
          : { text: t('capabilities.notSet', { ...names, problem }), isBad: true },
      );
      onChanged();
    },
    [client, tell, onChanged, t, i18n],
  );
  return { pending, set };
}
