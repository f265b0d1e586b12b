/** How many sockets of each address have not shown a ticket yet: a whole village shares one. */
export interface Strangers {
  isCrowd(address: string): boolean;
  /** Answers how to say that he is one no more; once is enough. */
  count(address: string): () => void;
}

export function countStrangers(most: number): Strangers {
  const counts = new Map<string, number>();
  const add = (address: string, by: 1 | -1): void => {
    const left = (counts.get(address) ?? 0) + by;
    if (left > 0) counts.set(address, left);
    else counts.delete(address);
  };
  return {
    isCrowd: (address) => (counts.get(address) ?? 0) >= most,
    count: (address) => {
      let isOne = true;
      add(address, 1);
      return () => {
        if (isOne) add(address, -1);
        isOne = false;
      };
    },
  };
}
