import { Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Section } from '../../../console/section.tsx';
import { type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { AddButton } from './edit-buttons.tsx';
import { useEditor } from './editor.tsx';
import { PriceDialog } from './price-dialog.tsx';
import { type Price, PriceFragment, PriceTable } from './price-table.tsx';

const PricesFragment = graphql(`
  fragment ModelPrices on Model {
    id
    prices {
      id
      ...EditedPrice
    }
  }
`);

const AnyDayDocument = graphql(`
  query PricesOfAnyDay($id: ID!) {
    node(id: $id, deleted: INCLUDE) {
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

/** The prices that hold today or, if asked for, have held or will. */
export function Prices(props: { model: FragmentType<typeof PricesFragment> }) {
  const { t } = useTranslation();
  const { id, prices: ofToday } = readFragment(PricesFragment, props.model);
  const { open } = useEditor();
  const [isAnyDay, setAnyDay] = useState(false);
  const ofAnyDay = usePricesOfAnyDay(id, !isAnyDay);
  const prices = (isAnyDay ? ofAnyDay : undefined) ?? ofToday;
  const shown = prices.map((each) => readFragment(PriceFragment, each));
  const dialogOf = (price?: Price) => (close: () => void) => (
    <PriceDialog modelId={id} {...(price ? { price } : {})} close={close} />
  );
  return (
    <Section
      title={t('model.prices.title')}
      count={prices.length}
      empty={t('model.prices.empty')}
      actions={
        <>
          <Checkbox checked={isAnyDay} onChange={({ target }) => setAnyDay(target.checked)}>
            {t('editing.prices.anyDay')}
          </Checkbox>
          <AddButton label={t('editing.prices.add')} dialog={dialogOf()} />
        </>
      }
    >
      <PriceTable prices={shown} onEdit={(price) => open(dialogOf(price))} />
    </Section>
  );
}

function usePricesOfAnyDay(id: string, isPaused: boolean) {
  const { revision } = useEditor();
  const [{ data }, execute] = useQuery({
    query: AnyDayDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
    pause: isPaused,
  });

  useEffect(() => {
    if (revision > 0 && !isPaused) {
      execute({ requestPolicy: 'network-only' });
    }
  }, [revision, isPaused, execute]);

  return data?.node && 'prices' in data.node ? data.node.prices : undefined;
}
