import { ApiOutlined, CodeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { operationOf } from '../features/graphiql/address.ts';
import { loadViewTexts } from './i18n.ts';
import { OnDemand } from './on-demand.tsx';
import { loadPart } from './parts.ts';

// Loaded when it is first asked for.
const CopyDialog = lazy(async () => {
  const [{ CopyDialog: component }] = await loadPart(() =>
    Promise.all([import('../features/copy-as/copy-dialog.tsx'), loadViewTexts()]),
  );
  return { default: component };
});

/** Opens what a view asked for in GraphiQL, or shows it as code of a client. */
export function ShowQuery({ href }: { href: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  return (
    <span className="show-query">
      <Button icon={<ApiOutlined aria-hidden />} href={href} target="_blank" rel="noopener">
        {t('shell.showQuery')}
      </Button>
      <Button
        icon={<CodeOutlined aria-hidden />}
        aria-label={t('shell.copyAs')}
        title={t('shell.copyAs')}
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <OnDemand onMissing={close}>
          <CopyDialog given={givenOf(href)} onClose={close} />
        </OnDemand>
      )}
    </span>
  );
}

/** What the link says: the same operation, whichever way it goes on. */
function givenOf(href: string) {
  const operation = operationOf(href.slice(href.indexOf('#')));
  return (
    operation && { query: operation.query, variables: JSON.parse(operation.variables || '{}') }
  );
}
