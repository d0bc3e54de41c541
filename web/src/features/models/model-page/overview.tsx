import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Scroll } from '../../../console/data-table.tsx';
import { useFormat } from '../../../console/format.ts';
import { unitName } from '../../../console/unit-name.ts';
import { type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { Stage, SupplierMark } from '../marks.tsx';

const LONG_TEXT = 800;

const OverviewFragment = graphql(`
  fragment ModelOverview on Model {
    id
    name
    displayName
    description
    lifecycleStage
    isActive
    isDefault
    supplier {
      id
      name
      displayName
    }
    limits: parameters(names: ["context_window", "max_output_tokens"]) {
      id
      name
      value
    }
    inputPrice: price(component: INPUT) {
      id
      amount
      currency
      unit
    }
    outputPrice: price(component: OUTPUT) {
      id
      amount
      currency
      unit
    }
  }
`);

/** What most people come for. */
export function Overview(props: { model: FragmentType<typeof OverviewFragment> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = readFragment(OverviewFragment, props.model);
  const supplier = model.supplier.displayName ?? model.supplier.name;
  const limit = (name: string) => {
    const value = model.limits.find((parameter) => parameter.name === name)?.value;
    return typeof value === 'number' ? (
      <>
        {format.tokens(value)}{' '}
        <small>
          {format.number(value)} {t('model.tokens')}
        </small>
      </>
    ) : null;
  };
  const price = (found: typeof model.inputPrice) =>
    found ? (
      <>
        {format.price(found.amount, found.currency)} <small>/ {unitName(found.unit, t)}</small>
      </>
    ) : null;
  return (
    <header className="overview">
      <div className="overview-name">
        <SupplierMark name={supplier} />
        <div>
          <h1>
            <bdi>{model.displayName ?? model.name}</bdi>
          </h1>
          <p className="overview-key">
            <bdi className="muted">{supplier}</bdi>
            <span aria-hidden className="muted">
              /
            </span>
            <bdi className="mono">{model.name}</bdi>
            <Copy text={model.name} />
          </p>
        </div>
        <p className="overview-flags">
          <Stage stage={model.lifecycleStage} />
          {model.isDefault && <span className="flag">{t('models.flags.default')}</span>}
          {!model.isActive && <span className="flag">{t('models.flags.inactive')}</span>}
        </p>
      </div>
      {model.description && <Description text={model.description} />}
      <dl className="figures">
        <Figure name={t('model.context')}>{limit('context_window')}</Figure>
        <Figure name={t('model.maxOutput')}>{limit('max_output_tokens')}</Figure>
        <Figure name={t('model.input')}>{price(model.inputPrice)}</Figure>
        <Figure name={t('model.output')}>{price(model.outputPrice)}</Figure>
      </dl>
    </header>
  );
}

/** As it was written, as text; where it is long it scrolls, so that the figures stay in sight. */
function Description({ text }: { text: string }) {
  const { t } = useTranslation();
  if (text.length <= LONG_TEXT) {
    return (
      <p className="overview-text" dir="auto">
        {text}
      </p>
    );
  }
  return (
    <Scroll label={t('model.description')}>
      <p className="overview-text" dir="auto">
        {text}
      </p>
    </Scroll>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children ?? <span className="muted">{t('models.unknown')}</span>}</dd>
    </div>
  );
}

function Copy({ text }: { text: string }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  return (
    <Button
      type="text"
      size="small"
      icon={isCopied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      aria-label={t(isCopied ? 'model.copied' : 'model.copy')}
      onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}
      onBlur={() => setCopied(false)}
    />
  );
}
