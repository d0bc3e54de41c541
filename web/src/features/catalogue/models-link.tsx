import { Link } from '@tanstack/react-router';
import { useFormat } from '../../console/format.ts';

/** How many models there are of something, and the way to them where there are any. */
export function ModelsLink(props: {
  count: number;
  label: string;
  search: { supplier: string[] } | { capability: string[] };
}) {
  const format = useFormat();
  return props.count === 0 ? (
    '0'
  ) : (
    <Link to="/models" search={props.search} aria-label={props.label}>
      {format.number(props.count)}
    </Link>
  );
}
