import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { ApiProblem } from '../lib/answer';
import { aria } from './aria';
import { Trouble } from './trouble';

interface Reading<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Grey shapes in the place of what comes: `rows` cards. */
export const Skeleton = ({ rows = 3 }: { rows?: number }) => (
  <View className="skeleton" {...aria({ role: 'status', label: '正在加载' })}>
    {Array.from({ length: rows }, (_, row) => (
      <View key={row} className="skeleton__card">
        <View className="skeleton__line skeleton__line--title" />
        <View className="skeleton__line" />
        <View className="skeleton__line skeleton__line--short" />
      </View>
    ))}
  </View>
);

interface AwaitProps<Data> {
  readonly query: Reading<Data>;
  readonly rows?: number;
  /** What is shown of a thing that there is not, where a page knows more to say than 没有找到. */
  readonly missing?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** `<Await query={useCall('orders.read', …)}>{(order) => …}</Await>`: skeleton, then the thing, or why not. */
export function Await<Data>({ query, rows, missing, children }: AwaitProps<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (missing && query.error instanceof ApiProblem && query.error.status === 404) return <>{missing}</>;
  if (query.error) return <Trouble error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton rows={rows} />;
}
