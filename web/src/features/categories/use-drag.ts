import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { Branch, Tree, TreeRow } from './tree.ts';
import { type Goal, obstacle, othersAt } from './use-moves.ts';

/** Where something would come if it were dropped: before, into or behind what it is held over. */
export type Side = 'before' | 'into' | 'after';

export interface Target {
  id: string;
  side: Side;
  isRefused: boolean;
}

const OPENS_AFTER_MS = 700;

export function sideOf(share: number): Side {
  return share < 0.28 ? 'before' : share > 0.72 ? 'after' : 'into';
}

/** What a drop there means. Below an open category, its first child follows it. */
export function goalOf(tree: Tree, moved: Branch, over: TreeRow, side: Side): Goal {
  const { node, place } = over.branch;
  if (side === 'into') {
    return { parentId: node.id, index: othersAt(tree, moved, node.id).length };
  }
  if (side === 'after' && over.isOpen) {
    return { parentId: node.id, index: 0 };
  }
  const others = othersAt(tree, moved, place.parentId);
  const at = others.findIndex((other) => other.node.id === node.id);
  return { parentId: place.parentId, index: side === 'before' ? at : at + 1 };
}

/** Dragging rows of the tree. What can't go somewhere is refused while it is held over there. */
export function useDrag(
  tree: Tree,
  onDrop: (moved: Branch, goal: Goal) => void,
  onOpen: (id: string) => void,
) {
  const [dragged, setDragged] = useState<Branch>();
  const [target, setTarget] = useState<Target>();
  const opening = useRef<ReturnType<typeof setTimeout>>(undefined);
  const over = target?.side === 'into' && !target.isRefused ? target.id : undefined;

  // Who stays over a closed category wants to see what is in it.
  useEffect(() => {
    if (over === undefined) {
      return undefined;
    }
    opening.current = setTimeout(() => onOpen(over), OPENS_AFTER_MS);
    return () => clearTimeout(opening.current);
  }, [over, onOpen]);

  const end = () => {
    setDragged(undefined);
    setTarget(undefined);
  };
  const look = (row: TreeRow, event: DragEvent<HTMLElement>): Target | undefined => {
    if (!dragged || row.branch.node.deletedAt != null || row.branch === dragged) {
      return undefined;
    }
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const side = sideOf((event.clientY - top) / height);
    const goal = goalOf(tree, dragged, row, side);
    const isRefused = obstacle(tree, dragged, goal.parentId) !== undefined;
    return { id: row.branch.node.id, side, isRefused };
  };
  return {
    dragged,
    target,
    propsOf: (row: TreeRow) => ({
      draggable: true,
      onDragStart: (event: DragEvent<HTMLElement>) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', row.branch.path);
        setDragged(row.branch);
      },
      onDragEnd: end,
      onDragOver: (event: DragEvent<HTMLElement>) => {
        const next = look(row, event);
        if (next?.id !== target?.id || next?.side !== target?.side) {
          setTarget(next);
        }
        if (next) {
          event.preventDefault();
          event.dataTransfer.dropEffect = next.isRefused ? 'none' : 'move';
        }
      },
      onDrop: (event: DragEvent<HTMLElement>) => {
        const there = look(row, event);
        event.preventDefault();
        if (dragged && there && !there.isRefused) {
          onDrop(dragged, goalOf(tree, dragged, row, there.side));
        }
        end();
      },
    }),
  };
}
