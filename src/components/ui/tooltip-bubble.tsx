'use client';

import { Portal } from 'radix-ui';
import { DismissableLayer, Popper } from 'radix-ui/internal';
import { type ReactNode, type RefObject, useEffect } from 'react';

interface TooltipBubbleProps {
  id: string;
  element: RefObject<HTMLElement | null>;
  side: 'top' | 'right' | 'bottom' | 'left';
  onEnter: () => void;
  onLeave: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** The text of a tooltip, beside the element it explains. */
export function TooltipBubble({ id, element, side, onEnter, onLeave, onClose, children }: TooltipBubbleProps) {
  useScrolledAway(element, onClose);
  return (
    <Popper.Root>
      <Popper.Anchor virtualRef={element} />
      <Portal.Root asChild>
        {/* Esc closes what is on top: the tooltip, and not the dialog below it. */}
        <DismissableLayer.Root asChild onFocusOutside={(event) => event.preventDefault()} onDismiss={onClose}>
          <Popper.Content
            id={id}
            role="tooltip"
            side={side}
            sideOffset={6}
            collisionPadding={8}
            onPointerEnter={onEnter}
            onPointerLeave={onLeave}
            className="appear z-50 max-w-72 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-fg text-sm shadow-float"
          >
            {children}
          </Popper.Content>
        </DismissableLayer.Root>
      </Portal.Root>
    </Popper.Root>
  );
}

function useScrolledAway(element: RefObject<HTMLElement | null>, onClose: () => void): void {
  useEffect(() => {
    const look = ({ target }: Event) => {
      if (target instanceof Node && target.contains(element.current)) onClose();
    };
    window.addEventListener('scroll', look, { capture: true });
    return () => window.removeEventListener('scroll', look, { capture: true });
  });
}
