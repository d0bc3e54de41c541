import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../../gql/index.ts';
import { type Choice, FoundSelect } from './found-select.tsx';

const ModelsDocument = graphql(`
  query FindModels($where: ModelWhere!) {
    models(where: $where, first: 20) {
      nodes {
        id
        name
        displayName
        supplier {
          id
          name
          displayName
        }
      }
    }
  }
`);

const SuppliersDocument = graphql(`
  query FindSuppliers($where: SupplierWhere!) {
    suppliers(where: $where, first: 20) {
      nodes {
        id
        name
        displayName
      }
    }
  }
`);

/** What antd's form gives to its fields. */
interface Field {
  id?: string;
  value?: Choice | null;
  onChange?: (value: Choice | null) => void;
  onBlur?: () => void;
}

/** Suppliers and models are found by what is typed; nothing is asked before somebody looks. */
function useSought() {
  const [text, setText] = useState<string>();
  const sought = useDeferredValue(text?.trim());
  const where = sought ? { search: sought.slice(0, 200) } : {};
  return { where, isPaused: sought === undefined, setText };
}

export function ModelPicker({ except, ...field }: Field & { except?: string | undefined }) {
  const { t } = useTranslation();
  const { where, isPaused, setText } = useSought();
  const [{ data, fetching }] = useQuery({
    query: ModelsDocument,
    variables: { where },
    pause: isPaused,
  });
  const choices = (data?.models.nodes ?? [])
    .filter(({ id }) => id !== except)
    .map(({ id, name, displayName, supplier }) => ({
      value: id,
      label: displayName ?? name,
      note: supplier.displayName ?? supplier.name,
    }));
  return (
    <FoundSelect
      {...field}
      placeholder={t('editing.model.successorHint')}
      choices={choices}
      isLoading={fetching}
      onSearch={setText}
    />
  );
}

export function SupplierPicker(field: Field) {
  const { t } = useTranslation();
  const { where, isPaused, setText } = useSought();
  const [{ data, fetching }] = useQuery({
    query: SuppliersDocument,
    variables: { where },
    pause: isPaused,
  });
  const choices = (data?.suppliers.nodes ?? []).map(({ id, name, displayName }) => ({
    value: id,
    label: displayName ?? name,
    note: displayName ? name : undefined,
  }));
  return (
    <FoundSelect
      {...field}
      placeholder={t('editing.newModel.supplierHint')}
      choices={choices}
      isLoading={fetching}
      onSearch={setText}
    />
  );
}
