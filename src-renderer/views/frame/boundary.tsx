import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import css from './boundary.module.css';

type BoundaryState = { readonly failed: { readonly traceId: string; readonly message: string } | null };

/** Catches a bug while drawing one place, so that the rest of the desk stays usable. */
export class Boundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { failed: null };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { failed: { traceId: crypto.randomUUID().slice(0, 8), message: error instanceof Error ? error.message : String(error) } };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    return (
      <div className={css.failed} role="alert">
        <h2>This part of the desk stopped working</h2>
        <p>Nothing was lost: decisions and drafts are kept. Draw it again, or go elsewhere; if it comes back, report it with the trace below.</p>
        <pre>{failed.traceId} · {failed.message}</pre>
        <Button look="main" onClick={() => this.setState({ failed: null })}>Draw again</Button>
      </div>
    );
  }
}
