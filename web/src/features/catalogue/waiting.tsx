import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { Loading } from '../../console/loading.tsx';
import { Failure } from '../../console/states.tsx';

/** Where a list will be: that it is being loaded, or why it can't be. */
export function Waiting(props: {
  error: CombinedError | undefined;
  retry: () => void;
  /** Back to the first page, for who isn't there: a cursor may be what was wrong. */
  toFirstPage?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { error, toFirstPage } = props;
  if (error) {
    return (
      <Failure
        error={error}
        retry={props.retry}
        wayOut={toFirstPage && <Button onClick={toFirstPage}>{t('states.firstPage')}</Button>}
      />
    );
  }
  return <Loading title={false} paragraph={{ rows: 12 }} />;
}
