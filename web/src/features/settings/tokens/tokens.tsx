import { PlusOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DataTable, Scroll } from '../../../console/data-table.tsx';
import { graphiqlLink } from '../../../console/graphiql-link.ts';
import { Section } from '../../../console/section.tsx';
import { useSession } from '../../../console/session.tsx';
import { ShowQuery } from '../../../console/show-query.tsx';
import { may } from '../rights.ts';
import { SectionProblem } from '../section-problem.tsx';
import { useColumns } from './columns.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { type Token, TokensDocument } from './documents.ts';
import { RevokeDialog } from './revoke-dialog.tsx';

/** Tokens for programs: which there are, new ones, and their end. */
export function Tokens() {
  const { t } = useTranslation();
  const { viewer } = useSession();
  return (
    <Section title={t('settings.tokens.title')}>
      <p className="muted">{t('settings.tokens.intro')}</p>
      {may(viewer, 'ACCESS_MANAGE') ? (
        <List />
      ) : (
        <p className="muted">{viewer && t('settings.tokens.forbidden')}</p>
      )}
    </Section>
  );
}

function List() {
  const { t } = useTranslation();
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token>();
  const [{ data, error }, execute] = useQuery({
    query: TokensDocument,
    requestPolicy: 'cache-and-network',
  });
  const refresh = () => execute({ requestPolicy: 'network-only' });
  const columns = useColumns(setRevoking);
  const tokens = data?.apiTokens;
  return (
    <>
      <div className="settings-top">
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => setMaking(true)}>
          {t('settings.tokens.make')}
        </Button>
        <ShowQuery href={graphiqlLink(TokensDocument, {})} />
      </div>
      {!tokens && error && <SectionProblem error={error} retry={refresh} />}
      {!tokens && !error && <Skeleton active title={false} />}
      {tokens?.length === 0 && <p className="muted">{t('settings.tokens.empty')}</p>}
      {tokens && tokens.length > 0 && (
        <Scroll label={t('settings.table', { title: t('settings.tokens.title') })}>
          <DataTable
            label={t('settings.tokens.title')}
            columns={columns}
            rows={tokens}
            keyOf={({ id }) => id}
          />
        </Scroll>
      )}
      <CreateDialog isOpen={isMaking} onClose={() => setMaking(false)} onMade={refresh} />
      <RevokeDialog token={revoking} onClose={() => setRevoking(undefined)} onRevoked={refresh} />
    </>
  );
}
