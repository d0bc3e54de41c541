import {
  CheckCircleFilled,
  CheckOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { writeValue } from '../../console/value.tsx';
import type { CompareModel, ComparePrice } from './documents.ts';

export type Parameter = CompareModel['parameters'][number];
export type Known = CompareModel['capabilities'][number];

export function Unknown() {
  const { t } = useTranslation();
  return <span className="muted">{t('models.unknown')}</span>;
}

/** There is none, and that is known. */
export function None() {
  const { t } = useTranslation();
  return (
    <span className="muted">
      <span aria-hidden>–</span>
      <span className="hidden">{t('compare.none')}</span>
    </span>
  );
}

export function TypeCell({ model: { modelType, subType } }: { model: CompareModel }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`types.${modelType.toLowerCase() as Lowercase<typeof modelType>}`)}
      {subType && <span className="muted compare-line">{subType}</span>}
    </>
  );
}

export function SuccessorCell({ model: { successor } }: { model: CompareModel }) {
  return successor ? (
    <Link to="/models/$modelId" params={{ modelId: String(successor.databaseId) }}>
      <bdi>{successor.displayName ?? successor.name}</bdi>
    </Link>
  ) : (
    <None />
  );
}

/** A value, and below it what else would be allowed. */
export function ParameterCell({ parameter }: { parameter: Parameter | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!parameter) {
    return <Unknown />;
  }
  const { value, minimum, maximum, allowedValues } = parameter;
  const allowed = [
    minimum == null ? [] : t('model.parameters.atLeast', { value: format.number(minimum) }),
    maximum == null ? [] : t('model.parameters.atMost', { value: format.number(maximum) }),
    allowedValues == null ? [] : writeValue(allowedValues),
  ].flat();
  return (
    <>
      <bdi className="compare-value">
        {typeof value === 'number' ? format.number(value) : value == null ? '–' : writeValue(value)}
      </bdi>
      {allowed.length > 0 && <span className="muted compare-line">{allowed.join(' · ')}</span>}
    </>
  );
}

/** Told apart by shape and by word; colour only adds to it. */
export function SupportCell({ known }: { known: Known | undefined }) {
  const { t } = useTranslation();
  if (!known) {
    return (
      <span className="support support-unknown muted">
        <QuestionCircleOutlined aria-hidden /> {t('models.unknown')}
      </span>
    );
  }
  const isSupported = known.support === 'SUPPORTED';
  return (
    <>
      <span className={isSupported ? 'support good' : 'support bad'}>
        {isSupported ? <CheckCircleFilled aria-hidden /> : <MinusCircleOutlined aria-hidden />}{' '}
        {t(isSupported ? 'model.capabilities.supported' : 'model.capabilities.unsupported')}
      </span>
      {known.config != null && (
        <bdi className="muted mono compare-line compare-config">{JSON.stringify(known.config)}</bdi>
      )}
    </>
  );
}

export function CategoryCell({ isIn }: { isIn: boolean }) {
  const { t } = useTranslation();
  return isIn ? (
    <span>
      <CheckOutlined aria-hidden /> {t('models.yes')}
    </span>
  ) : (
    <span className="muted">{t('models.no')}</span>
  );
}

export function PriceCell({ price }: { price: ComparePrice | undefined }) {
  const format = useFormat();
  return price ? (
    <span className="compare-value">{format.money(price.amount, price.currency)}</span>
  ) : (
    <Unknown />
  );
}
