import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Facts } from '../../console/facts.tsx';
import { useFormat } from '../../console/format.ts';
import { Section } from '../../console/section.tsx';
import { graphql } from '../../gql/index.ts';

const ServerDocument = graphql(`
  query Server {
    server {
      version
    }
    rateLimit {
      limit
      remaining
      restoreRate
      resetAt
    }
  }
`);

const LOOK_EVERY_MS = 10_000;

type Health = { isReady: boolean; reason?: string } | undefined;

async function lookAtHealth(): Promise<Health> {
  try {
    const answer = await fetch('/readyz', { cache: 'no-store' });
    const { reason } = (await answer.json()) as { reason?: unknown };
    return { isReady: answer.ok, ...(typeof reason === 'string' ? { reason } : {}) };
  } catch {
    return { isReady: false };
  }
}

/** How the server is, and what whoever looks may still ask of it. */
export function Server() {
  const { t } = useTranslation();
  const [health, setHealth] = useState<Health>();
  const [{ data }, execute] = useQuery({ query: ServerDocument, requestPolicy: 'network-only' });
  const look = useCallback(async () => {
    setHealth(await lookAtHealth());
    execute({ requestPolicy: 'network-only' });
  }, [execute]);

  useEffect(() => {
    void lookAtHealth().then(setHealth);
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') {
        void look();
      }
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [look]);

  const { origin } = location;
  return (
    <Section title={t('settings.server.title')}>
      <Facts>
        <div>
          <dt>{t('settings.server.state')}</dt>
          <dd>
            <span role="status" className={health?.isReady ? 'good' : 'warn'}>
              {health?.isReady && t('settings.server.ready')}
              {health &&
                !health.isReady &&
                `${t('settings.server.notReady')} ${health.reason ?? ''}`}
            </span>
          </dd>
        </div>
        <div>
          <dt>{t('settings.server.endpoint')}</dt>
          <dd className="mono">{origin}/graphql</dd>
        </div>
        <div>
          <dt>{t('settings.server.version')}</dt>
          <dd className="mono">{data?.server.version}</dd>
        </div>
        <div>
          <dt>{t('settings.server.spending')}</dt>
          <dd>{data && <Spending rate={data.rateLimit} />}</dd>
        </div>
      </Facts>
      <div>
        <Button size="small" onClick={() => void look()}>
          {t('settings.server.look')}
        </Button>
      </div>
    </Section>
  );
}

function Spending(props: {
  rate: { limit: number; remaining: number; restoreRate: number } | null | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rate } = props;
  if (!rate) {
    return t('settings.server.unlimited');
  }
  return (
    <>
      <meter
        className="spending"
        aria-label={t('settings.server.spending')}
        min={0}
        max={rate.limit}
        low={rate.limit / 4}
        value={rate.remaining}
      />
      <span className="fact-line">
        {t('settings.server.left', {
          remaining: format.number(rate.remaining),
          limit: format.number(rate.limit),
          rate: format.number(rate.restoreRate),
        })}
      </span>
    </>
  );
}
