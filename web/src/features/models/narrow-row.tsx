import { useTranslation } from 'react-i18next';
import type { ColumnName, Look } from './columns.tsx';
import type { ModelRow } from './documents.ts';

/** A row on a phone: its name, and below it what the other columns say, each with its title. */
export function NarrowRow(props: {
  row: ModelRow;
  names: readonly ColumnName[];
  looks: Record<ColumnName, Look>;
}) {
  const { t } = useTranslation();
  const show = (name: ColumnName) => props.looks[name].render(props.row);
  return (
    <div className="narrow-row">
      {show('model')}
      <dl>
        {props.names
          .filter((name) => name !== 'model')
          .map((name) => (
            <div key={name} className={`narrow-${name}`}>
              <dt>{t(`models.columns.${name}`)}</dt>
              <dd>{show(name)}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
