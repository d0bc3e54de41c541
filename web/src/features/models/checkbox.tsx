import { useEffect, useRef } from 'react';

interface Props {
  'aria-label': string;
  checked: boolean;
  disabled?: boolean;
  indeterminate?: boolean;
  onChange: (event: React.ChangeEvent<HTMLInputElement>) => void;
}

/** The browser's own. A page of rows has many, and one of the component library takes as long as a row. */
export function Checkbox({ indeterminate = false, ...props }: Props) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) {
      box.current.indeterminate = indeterminate;
    }
  }, [indeterminate]);
  return <input ref={box} type="checkbox" className="row-checkbox" {...props} />;
}
