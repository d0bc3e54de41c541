import './palette.css';

import { useNavigate } from '@tanstack/react-router';
import { Modal, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../gql/index.ts';
import { useCommands } from './use-commands.ts';

const FindDocument = graphql(`
  query Find($text: String!) {
    models(where: { search: $text }, first: 8) {
      nodes {
        id
        databaseId
        name
        displayName
        supplier {
          id
          name
          displayName
        }
      }
    }
    suppliers(where: { search: $text }, first: 4) {
      nodes {
        id
        databaseId
        name
        displayName
      }
    }
  }
`);

interface Choice {
  value: string;
  label: string;
  note?: string;
  run: () => void;
}

/** Models, suppliers and what the console can do, all by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const sought = useDeferredValue(text.trim());
  const [{ data, fetching }] = useQuery({
    query: FindDocument,
    variables: { text: sought },
    pause: sought === '',
  });
  const found = sought === '' ? undefined : data;
  const models: Choice[] = (found?.models.nodes ?? []).map((model) => ({
    value: model.id,
    label: model.displayName ?? model.name,
    note: model.supplier.displayName ?? model.supplier.name,
    run: () =>
      void navigate({ to: '/models/$modelId', params: { modelId: String(model.databaseId) } }),
  }));
  const suppliers = (found?.suppliers.nodes ?? []).flatMap((supplier): Choice[] => {
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
  const groups = [
    { label: t('models.title'), options: models },
    { label: t('palette.suppliers'), options: suppliers },
    { label: t('palette.commands'), options: commands },
  ].filter(({ options }) => options.length > 0);

  return (
    <Modal
      open
      className="palette"
      title={t('palette.title')}
      footer={null}
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
