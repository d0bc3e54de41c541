import { CloseOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { type Removal, RemoveButton } from './edit-buttons.tsx';
import { useEditor } from './editor.tsx';

/** A line of a list with a button that removes it. */
export function Removable({ children, ...removal }: Removal & { children: ReactNode }) {
  const { mayEdit } = useEditor();
  return (
    <span className="fact-line removable">
      {children}
      {mayEdit && <RemoveButton {...removal} icon={<CloseOutlined aria-hidden />} />}
    </span>
  );
}
