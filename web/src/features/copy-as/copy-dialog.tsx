import './copy-dialog.css';

import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Alert, Button, Modal, Radio } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createPreference, useStore } from '../../console/store.ts';
import { useFocusBack } from '../../console/use-focus-back.ts';
import { LANGUAGES, type Language } from './languages.ts';
import { type Given, requestOf, TOKEN } from './request.ts';

const NAMES = Object.keys(LANGUAGES) as Language[];

const preference = createPreference<Language>(
  'copy-as',
  (stored) => NAMES.find((name) => name === stored) ?? 'curl',
);

/** The operation as code that asks this server, in a language to choose. */
export function CopyDialog({ given, onClose }: { given: Given | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const language = useStore(preference);
  const text = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState<Language | 'no'>();
  const code = given && LANGUAGES[language](requestOf(`${location.origin}/graphql`, given));

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code ?? '');
      setCopied(language);
    } catch {
      // A page that came without encryption may not: what is to be copied is selected instead.
      if (text.current) {
        getSelection()?.selectAllChildren(text.current);
      }
      setCopied('no');
    }
  };
  const isCopied = copied === language;
  return (
    <Modal
      open
      title={t('copyAs.title')}
      width={760}
      onCancel={onClose}
      footer={
        <Button
          type="primary"
          disabled={!code}
          icon={isCopied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
          onClick={() => void copy()}
        >
          {t(isCopied ? 'copyAs.copied' : 'copyAs.copy')}
        </Button>
      }
    >
      <div className="copy-as">
        <Radio.Group
          aria-label={t('copyAs.language')}
          optionType="button"
          buttonStyle="solid"
          options={NAMES.map((value) => ({ value, label: value }))}
          value={language}
          onChange={({ target }) => {
            setCopied(undefined);
            preference.set(target.value);
          }}
        />
        {code === undefined ? (
          <Alert type="error" showIcon title={t('copyAs.badVariables')} />
        ) : (
          <>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus */}
            <section className="copy-as-code" tabIndex={0} aria-label={language}>
              <pre ref={text}>{code}</pre>
            </section>
            <p className="muted" role="status">
              {copied === 'no' ? t('copyAs.byHand') : t('copyAs.token', { variable: TOKEN })}
            </p>
          </>
        )}
      </div>
    </Modal>
  );
}
