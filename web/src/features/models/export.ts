import type { Client, OperationResult } from 'urql';
import type { ModelsQuery, ModelsQueryVariables } from '../../gql/graphql.ts';
import { readFragment } from '../../gql/index.ts';
import { type ModelRow, ModelRowFragment, ModelsDocument } from './documents.ts';
import { conditionsOf, type ModelsSearch } from './search.ts';
import { contextOf, maxOutputOf, supportedBy } from './values.ts';
import { orderOf, whereOf } from './where.ts';

const ROWS_AT_A_TIME = 100;

/** A row as it is written to a file: the same names in both formats, values as the schema has them. */
export function recordOf(row: ModelRow) {
  return {
    id: row.id,
    supplier: row.supplier.name,
    name: row.name,
    displayName: row.displayName ?? null,
    modelType: row.modelType,
    subType: row.subType ?? null,
    lifecycleStage: row.lifecycleStage,
    isActive: row.isActive,
    isDefault: row.isDefault,
    contextWindow: contextOf(row) ?? null,
    maxOutputTokens: maxOutputOf(row) ?? null,
    inputPrice: row.inputPrice?.amount ?? null,
    outputPrice: row.outputPrice?.amount ?? null,
    priceCurrency: row.inputPrice?.currency ?? row.outputPrice?.currency ?? null,
    capabilities: supportedBy(row).map(({ name }) => name),
    releasedOn: row.releasedOn ?? null,
    knowledgeCutoff: row.knowledgeCutoff ?? null,
    updatedAt: row.updatedAt,
    deletedAt: row.deletedAt ?? null,
  };
}

export type ModelRecord = ReturnType<typeof recordOf>;

/** Reads all that the table would show on all of its pages. */
export async function readAll(
  client: Client,
  search: ModelsSearch,
  options: { signal: AbortSignal; onProgress: (read: number) => void },
): Promise<ModelRecord[]> {
  const records: ModelRecord[] = [];
  const where = whereOf(conditionsOf(search));
  const orderBy = orderOf(search);
  let after: string | null | undefined;
  do {
    const variables: ModelsQueryVariables = { where, orderBy, first: ROWS_AT_A_TIME, after };
    const { data, error }: OperationResult<ModelsQuery> = await client.query(
      ModelsDocument,
      variables,
    );
    options.signal.throwIfAborted();
    if (error || !data) {
      throw error ?? new Error('the server answered without data');
    }
    for (const node of data.models.nodes) {
      records.push(recordOf(readFragment(ModelRowFragment, node)));
    }
    options.onProgress(records.length);
    const { pageInfo } = data.models;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  return records;
}

export function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
