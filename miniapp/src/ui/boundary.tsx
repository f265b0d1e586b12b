import { Component, type ErrorInfo, type PropsWithChildren } from 'react';
import { Trouble } from './trouble';

interface State {
  readonly error: unknown;
}

/** A mistake of ours in one page must not leave a white screen. React has no other form for this than a class. */
export class Boundary extends Component<PropsWithChildren, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <Trouble error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}
