import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { failureText } from '../../console/failure-words.ts';

/** A section that could not be had, among others that could. */
export function SectionProblem(props: { error: CombinedError; retry: () => void }) {
  const { t } = useTranslation();
  const { error, retry } = props;
  return (
    <Alert
      type="error"
      showIcon
      title={t('states.failed')}
      description={failureText(error, t)}
      action={
        <Button size="small" onClick={retry}>
          {t('states.again')}
        </Button>
      }
    />
  );
}
