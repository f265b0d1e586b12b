import { useDidShow } from '@tarojs/taro';

interface Reading {
  refetch(options: { cancelRefetch: boolean }): unknown;
}

/** Reads anew when the page comes to the front again; what is already being read is not asked twice. */
export const useFreshOnShow = (query: Reading): void => useDidShow(() => void query.refetch({ cancelRefetch: false }));
