import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';

/** A section that could not be had, among others that could. */
export function SectionProblem(props: { error: CombinedError; retry: () => void }) {
  const { t } = useTranslation();
  const { error, retry } = props;
  return (
    <Alert
      type="error"
      showIcon
      title={t('states.failed')}
      description={error.graphQLErrors.map(({ message }) => message).join(' ') || error.message}
      action={
        <Button size="small" onClick={retry}>
          {t('states.again')}
        </Button>
      }
    />
  );
}
