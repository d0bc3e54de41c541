import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../console/format.ts';
import { ObjectLink } from '../object-link.tsx';
import type { Item } from './calendar.ts';

export function Items({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="steps">
      {items.map(({ model, successor, on, stage }) => (
        <li key={`${model.id} ${stage}`}>
          <time dateTime={on}>{format.day(on)}</time>
          <span className={`stage stage-${stage.toLowerCase()}`}>
            {t(`deprecations.steps.${stage as 'RETIRED'}`)}
          </span>
          <span className="step-model">
            <ObjectLink id={model.id}>{model.displayName ?? model.name}</ObjectLink>
            <bdi className="muted"> {model.supplier.displayName ?? model.supplier.name}</bdi>
            {model.isDefault && <span className="flag">{t('models.flags.default')}</span>}
            {!model.isActive && <span className="flag">{t('models.flags.inactive')}</span>}
          </span>
          <span className="step-successor">
            {successor ? (
              <>
                <span className="muted">{t('deprecations.successor')} </span>
                <ObjectLink id={successor.id}>{successor.displayName ?? successor.name}</ObjectLink>
              </>
            ) : (
              <span className="warn">{t('deprecations.noSuccessor')}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
