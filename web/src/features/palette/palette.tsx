import './palette.css';

import { useNavigate } from '@tanstack/react-router';
import { Modal, Select } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useFormat } from '../../console/format.ts';
import { graphql, readFragment } from '../../gql/index.ts';
import { foundModels } from '../find/found-models.ts';
import { beginsWith, rankSuppliers } from '../find/rank.ts';
import { modelsCalled, suppliersCalled } from '../find/where.ts';
import { Keys } from './keys.tsx';
import { useCommands } from './use-commands.ts';

const FindDocument = graphql(`
  query Find(
    $exactly: ModelWhere
    $beginning: ModelWhere
    $holding: ModelWhere
    $anywhere: ModelWhere
    $suppliersBeginning: SupplierWhere
    $text: String!
  ) {
    ...FoundModels
    suppliersBeginning: suppliers(where: $suppliersBeginning, first: 20) {
      nodes {
        ...FoundSupplier
      }
    }
    suppliers(where: { search: $text }, first: 20) {
      nodes {
        ...FoundSupplier
      }
    }
  }
`);

const FoundSupplierFragment = graphql(`
  fragment FoundSupplier on Supplier {
    id
    databaseId
    name
    displayName
  }
`);

const MOST_MODELS = 8;
const MOST_SUPPLIERS = 4;

interface Choice {
  value: string;
  label: string;
  note?: string;
  run: () => void;
}

/** What is called so, best first. */
function useFound(text: string) {
  const variables = useMemo(
    () => ({ ...modelsCalled(text), suppliersBeginning: suppliersCalled(text), text }),
    [text],
  );
  const [{ data, fetching }] = useQuery({ query: FindDocument, variables, pause: text === '' });
  return useMemo(() => {
    if (!data || text === '') {
      return { models: [], total: 0, suppliers: [], fetching };
    }
    const suppliers = [data.suppliersBeginning, data.suppliers].flatMap(({ nodes }) =>
      readFragment(FoundSupplierFragment, nodes),
    );
    return { ...foundModels(data, text), suppliers: rankSuppliers(suppliers, text), fetching };
  }, [data, text, fetching]);
}

/** Models, suppliers and what the console can do, all by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const sought = useDeferredValue(text.trim());
  const { models, total, suppliers, fetching } = useFound(sought);
  const modelChoices: Choice[] = models.slice(0, MOST_MODELS).map((model) => ({
    value: model.id,
    label: model.displayName ?? model.name,
    note: model.supplier.displayName ?? model.supplier.name,
    run: () =>
      void navigate({ to: '/models/$modelId', params: { modelId: String(model.databaseId) } }),
  }));
  if (total > 0) {
    modelChoices.push({
      value: 'all models',
      label: t('palette.all', { count: total, shown: format.number(total) }),
      run: () => void navigate({ to: '/models', search: { q: sought } }),
    });
  }
  const supplierChoices = suppliers.slice(0, MOST_SUPPLIERS).flatMap((supplier): Choice[] => {
    const label = supplier.displayName ?? supplier.name;
    const params = { supplierId: String(supplier.databaseId) };
    return [
      {
        value: supplier.id,
        label,
        note: t('palette.supplierPage'),
        run: () => void navigate({ to: '/suppliers/$supplierId', params }),
      },
      {
        value: `models of ${supplier.id}`,
        label,
        note: t('palette.supplierModels'),
        run: () => void navigate({ to: '/models', search: { supplier: [supplier.name] } }),
      },
    ];
  });
  const commands: Choice[] = useCommands().filter(({ label }) =>
    label.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const found = [
    { label: t('models.title'), options: modelChoices },
    { label: t('palette.suppliers'), options: supplierChoices },
  ];
  if (suppliers.some((supplier) => beginsWith(supplier, sought))) {
    found.reverse();
  }
  const groups = [...found, { label: t('palette.commands'), options: commands }].filter(
    ({ options }) => options.length > 0,
  );

  return (
    <Modal
      open
      className="palette"
      title={t('palette.title')}
      footer={<Keys />}
      onCancel={onClose}
      style={{ top: 96 }}
    >
      <Select<string | null, Choice>
        autoFocus
        open
        size="large"
        className="palette-field"
        aria-label={t('palette.title')}
        placeholder={t('palette.hint')}
        suffix={null}
        listHeight={320}
        virtual={false}
        showSearch={{ searchValue: text, onSearch: setText, filterOption: false }}
        notFoundContent={fetching ? t('states.loading') : t('palette.nothing')}
        getPopupContainer={(field) => field.parentElement ?? document.body}
        // The types of a group name no options of one's own.
        options={groups as unknown as Choice[]}
        optionRender={({ data: choice }) => (
          <span className="palette-choice">
            <bdi>{choice.label}</bdi>
            {choice.note && <bdi className="muted">{choice.note}</bdi>}
          </span>
        )}
        value={null}
        onSelect={(_, choice) => {
          onClose();
          choice.run();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            onClose();
          }
        }}
      />
    </Modal>
  );
}
