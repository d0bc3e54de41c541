import { TableOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { createPreference, useStore } from '../../console/store.ts';
import { COLUMNS, type ColumnName, SHOWN_AT_FIRST } from './columns.tsx';

const preference = createPreference<readonly ColumnName[]>('models.columns', (stored) => {
  try {
    const names: unknown = JSON.parse(stored ?? 'null');
    return Array.isArray(names) ? COLUMNS.filter((name) => names.includes(name)) : SHOWN_AT_FIRST;
  } catch {
    return SHOWN_AT_FIRST;
  }
});

export interface Columns {
  shown: readonly ColumnName[];
  set(shown: readonly ColumnName[]): void;
}

export function useColumns(): Columns {
  return { shown: useStore(preference), set: preference.set };
}

export function ColumnPicker({ columns }: { columns: Columns }) {
  const { t } = useTranslation();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('models.columns.title')}
      content={
        <div className="column-picker">
          {COLUMNS.map((name) => (
            <Checkbox
              key={name}
              checked={columns.shown.includes(name)}
              // A row has to be called something.
              disabled={name === 'model'}
              onChange={({ target }) =>
                columns.set(
                  COLUMNS.filter((other) =>
                    other === name ? target.checked : columns.shown.includes(other),
                  ),
                )
              }
            >
              {t(`models.columns.${name}`)}
            </Checkbox>
          ))}
          <Button size="small" onClick={() => columns.set(SHOWN_AT_FIRST)}>
            {t('models.columns.reset')}
          </Button>
        </div>
      }
    >
      <Button className="columns-button" icon={<TableOutlined aria-hidden />}>
        {t('models.columns.title')}
      </Button>
    </Popover>
  );
}
