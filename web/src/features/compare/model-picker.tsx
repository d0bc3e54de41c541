import { PlusOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { type Ref, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { foundModels } from '../find/found-models.ts';
import { modelsCalled } from '../find/where.ts';
import { CompareFindDocument } from './documents.ts';
import { MOST_COMPARED } from './search.ts';

const MOST_SHOWN = 20;

interface Handle {
  focus: () => void;
}

/** Adds a model, found by typing. */
export function ModelPicker(props: {
  ref: Ref<Handle>;
  chosen: readonly string[];
  onAdd: (id: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const sought = useDeferredValue(text.trim());
  const isFull = props.chosen.length >= MOST_COMPARED;
  const [{ data, fetching, error }] = useQuery({
    query: CompareFindDocument,
    variables: useMemo(() => modelsCalled(sought), [sought]),
    pause: !isOpen,
  });
  const options = (data ? foundModels(data, sought).models : [])
    .map((model) => ({
      value: String(model.databaseId),
      label: model.displayName ?? model.name,
      supplier: model.supplier.displayName ?? model.supplier.name,
    }))
    .filter(({ value }) => !props.chosen.includes(value))
    .slice(0, MOST_SHOWN);
  return (
    <Select<string | null, (typeof options)[number]>
      ref={props.ref as Ref<never>}
      className="compare-picker"
      aria-label={t('compare.add')}
      placeholder={isFull ? t('compare.full') : t('compare.add')}
      prefix={<PlusOutlined aria-hidden />}
      disabled={isFull}
      open={isOpen}
      onOpenChange={setOpen}
      popupMatchSelectWidth={360}
      showSearch={{ searchValue: text, onSearch: setText, filterOption: false }}
      notFoundContent={
        fetching ? t('states.loading') : error ? t('states.failed') : t('compare.nobody')
      }
      options={options}
      optionRender={({ data: option }) => (
        <span className="compare-option">
          <bdi>{option.label}</bdi>
          <bdi className="muted">{option.supplier}</bdi>
        </span>
      )}
      value={null}
      onSelect={(value) => {
        setText('');
        if (value) {
          props.onAdd(value);
        }
      }}
    />
  );
}
