/** 门牌码 of one PDF: twenty pages of eight. A larger place is printed in several. */
export const platesInPart = 160;
