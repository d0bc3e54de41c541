import { CloseCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

/** For `allowClear` of a text field: the library's own icon is named in English, whatever the language. */
export function ClearIcon() {
  const { t } = useTranslation();
  return <CloseCircleFilled aria-label={t('shell.clear')} />;
}
