import type { PageInfo, Place } from '../../console/address.ts';

/** How many there are where all of them are on one page: as many as one sees, whatever was counted before. */
export function countWhole(
  models: {
    rows: readonly unknown[] | undefined;
    pageInfo: PageInfo | undefined;
    isOfThis: boolean;
  },
  { after, before }: Omit<Place, 'page'>,
): number | undefined {
  const isWhole = models.isOfThis && !after && !before && models.pageInfo?.hasNextPage === false;
  return isWhole ? models.rows?.length : undefined;
}
