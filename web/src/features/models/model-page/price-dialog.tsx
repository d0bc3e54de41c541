import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import type { Answer } from '../../../console/forms/answer.ts';
import { isDone } from '../../../console/forms/answer.ts';
import { changedFrom } from '../../../console/forms/changes.ts';
import { ReasonField } from '../../../console/forms/common-fields.tsx';
import { FormDialog } from '../../../console/forms/form-dialog.tsx';
import { revert } from '../../../console/forms/revert.ts';
import { valueWord } from '../../../console/forms/value-words.ts';
import { nodeNow } from '../../../console/node-now.ts';
import { graphql, readFragment } from '../../../gql/index.ts';
import { useEditor } from './editor.tsx';
import { PriceFields } from './price-fields.tsx';
import { type Price, PriceFragment } from './price-table.tsx';
import { EMPTY_PRICE, inputOf, type PriceValues, toEnd, valuesOf } from './price-values.ts';
import { createPrice, updatePrice } from './writes-of-values.ts';

const AllPricesDocument = graphql(`
  query AllPrices($id: ID!) {
    node(id: $id) {
      id
      ... on Model {
        prices(anyDay: true) {
          id
          ...EditedPrice
        }
      }
    }
  }
`);

const LatestDocument = graphql(`
  query LatestPrice($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on ModelPrice {
        ...EditedPrice
      }
    }
  }
`);

const LABELS = {
  component: 'editing.prices.component',
  serviceMode: 'editing.prices.mode',
  amount: 'editing.prices.amount',
  currency: 'editing.prices.currency',
  minContextTokens: 'editing.prices.tier',
  validFrom: 'editing.prices.since',
  validUntil: 'editing.prices.until',
  endsOther: 'editing.prices.until',
  reason: 'forms.reason',
} as const;

export function PriceDialog(props: { modelId: string; price?: Price; close: () => void }) {
  const { t, i18n } = useTranslation();
  const { client, saved } = useEditor();
  const { price, modelId } = props;
  const initial = price ? valuesOf(price) : EMPTY_PRICE;
  const { others, lookAgain } = useOtherPrices(modelId, price?.id);

  /** Ends the price before, then enters the new one; if that is refused, the one before goes on. */
  const create = async (values: PriceValues): Promise<Answer> => {
    const before = values.endsOther ? toEnd(values, others) : undefined;
    const input = { modelId, ...inputOf(values) };
    if (!before) {
      return createPrice(client, input);
    }
    const ended = await updatePrice(client, {
      id: before.id,
      expectedVersion: before.version,
      validUntil: values.validFrom,
    });
    if (!isDone(ended)) {
      return ended;
    }
    const made = await createPrice(client, input);
    if (isDone(made)) {
      return { ...made, earlier: ended.changeSet ? [ended.changeSet] : [] };
    }
    if (ended.changeSet) {
      await revert(client, ended.changeSet, t, i18n.language);
    }
    return made;
  };

  const latest = async () => {
    const node = await nodeNow(client, LatestDocument, price?.id ?? '');
    const now = node?.__typename === 'ModelPrice' ? readFragment(PriceFragment, node) : undefined;
    return now && { version: now.version, values: valuesOf(now) };
  };

  return (
    <FormDialog<PriceValues>
      title={
        price
          ? t('editing.prices.title', { name: t(`components.${price.component}`) })
          : t('editing.prices.add')
      }
      initial={initial}
      version={price?.version}
      isNew={!price}
      {...(price ? { latest } : { lookAgain })}
      describe={(key, value) => ({
        label: t(LABELS[key]),
        text: valueWord(key, value, t) ?? String(value ?? ''),
      })}
      save={(_, values, version) =>
        price
          ? updatePrice(client, {
              id: price.id,
              expectedVersion: version ?? null,
              ...changedFrom(inputOf(initial), inputOf(values)),
            } as Parameters<typeof updatePrice>[1])
          : create(values)
      }
      onDone={(answer) => {
        const done = answer?.earlier ? 'ended' : price ? 'saved' : 'added';
        saved(answer, t(`editing.prices.${done}`));
      }}
      onClose={props.close}
    >
      <PriceFields others={others} isNew={!price} />
      <ReasonField />
    </FormDialog>
  );
}

/** All other prices of the model: none may hold for the same at the same time. */
function useOtherPrices(id: string, own: string | undefined) {
  const client = useClient();
  const [{ data }] = useQuery({
    query: AllPricesDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const prices = data?.node && 'prices' in data.node ? data.node.prices : [];
  const others: Price[] = prices
    .map((each) => readFragment(PriceFragment, each))
    .filter((each) => each.id !== own);
  /** After the one to be ended was changed by somebody else. */
  const lookAgain = async () => (await nodeNow(client, AllPricesDocument, id)) !== undefined;
  return { others, lookAgain };
}
