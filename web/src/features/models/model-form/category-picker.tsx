import { Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { graphql } from '../../../gql/index.ts';
import { type Line, treeLines } from './category-tree.ts';

const CategoriesDocument = graphql(`
  query CategoryChoices($after: String) {
    categories(first: 100, after: $after) {
      nodes {
        id
        path
        displayName
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export interface CategoryChoice {
  id: string;
  path: string;
  displayName: string;
}

/** All categories, page by page: a tree is of use only as a whole. */
export function useCategories(): CategoryChoice[] | undefined {
  const client = useClient();
  const [found, setFound] = useState<CategoryChoice[]>();
  useEffect(() => {
    let isWanted = true;
    const read = async (found: CategoryChoice[] = [], after: string | null = null) => {
      const { data } = await client.query(
        CategoriesDocument,
        { after },
        { requestPolicy: 'network-only' },
      );
      const all = [...found, ...(data?.categories.nodes ?? [])];
      const { hasNextPage, endCursor } = data?.categories.pageInfo ?? {};
      if (!isWanted) {
        return;
      }
      if (hasNextPage && endCursor) {
        await read(all, endCursor);
      } else {
        setFound(all);
      }
    };
    void read();
    return () => {
      isWanted = false;
    };
  }, [client]);
  return found;
}

interface Props {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
  onBlur?: () => void;
  /** Ids of those that can't be chosen, because they are already. */
  except?: readonly string[];
}

/** Categories, chosen from their tree: the list that everyone can use, with the depth shown. */
export function CategoryPicker({ except = [], value, ...field }: Props) {
  const { t } = useTranslation();
  const categories = useCategories();
  const lines = useMemo(() => treeLines(categories ?? [], new Set(except)), [categories, except]);
  const [isOpen, setOpen] = useState(false);
  return (
    <span
      onKeyDownCapture={(event) => {
        // Left to itself the list takes Tab for choosing, and nobody comes out by it.
        if (event.key === 'Tab') {
          event.stopPropagation();
          setOpen(false);
        }
      }}
    >
      <Select<string[], Line>
        {...field}
        mode="multiple"
        open={isOpen}
        onOpenChange={setOpen}
        value={value ?? []}
        options={lines}
        loading={categories === undefined}
        notFoundContent={categories === undefined ? t('states.loading') : undefined}
        showSearch={{ optionFilterProp: 'sought' }}
        placeholder={t('editing.categories.choose')}
        optionRender={({ data }) => (
          <span style={{ paddingInlineStart: data.depth * 16 }}>{data.label}</span>
        )}
      />
    </span>
  );
}
