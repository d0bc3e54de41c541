import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

export interface Choice {
  value: string;
  label: string;
  note?: string | undefined;
}

interface Props {
  id?: string;
  value?: Choice | null;
  onChange?: (value: Choice | null) => void;
  onBlur?: () => void;
  placeholder: string;
  choices: Choice[];
  isLoading: boolean;
  onSearch: (text: string) => void;
}

/** One of too many to list: the server finds it by what is typed. */
export function FoundSelect(props: Props) {
  const { t } = useTranslation();
  const { value, onChange, choices, isLoading, onSearch, placeholder, ...field } = props;
  // What is chosen keeps its name, also while others are looked for.
  const options =
    value && !choices.some((each) => each.value === value.value) ? [...choices, value] : choices;
  return (
    <Select<string | null, Choice>
      {...field}
      allowClear
      value={value?.value ?? null}
      placeholder={placeholder}
      loading={isLoading}
      showSearch={{ filterOption: false, onSearch }}
      onFocus={() => onSearch('')}
      options={options}
      notFoundContent={isLoading ? t('states.loading') : t('palette.nothing')}
      optionRender={({ data }) => (
        <span className="found-choice">
          <bdi>{data.label}</bdi>
          {data.note && <bdi className="muted">{data.note}</bdi>}
        </span>
      )}
      onChange={(id) => onChange?.(options.find((each) => each.value === id) ?? null)}
    />
  );
}
