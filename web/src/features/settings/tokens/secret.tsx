import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A token, the only time that it is shown. */
export function Secret({ name, token }: { name: string; token: string }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="secret">
      <Alert type="warning" showIcon title={t('settings.tokens.once')} />
      <p>{t('settings.tokens.isMade', { name })}</p>
      <code>{token}</code>
      <div role="status">
        <Button
          icon={isCopied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
          onClick={() => void navigator.clipboard?.writeText(token).then(() => setCopied(true))}
        >
          {t(isCopied ? 'model.copied' : 'settings.tokens.copy')}
        </Button>
      </div>
      <p className="muted">{t('settings.tokens.send')}</p>
      <code>Authorization: Bearer …</code>
    </div>
  );
}
