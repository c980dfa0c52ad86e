/** Formats numbers for people. */

const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

export function bytes(count) {
  let unit = 0;
  while (count >= (unit ? 1000 : 1024) && unit < 4) {
    count /= 1024;
    unit += 1;
  }
  return `${number.format(unit ? count : Math.round(count))} ${["B", "KB", "MB", "GB", "TB"][unit]}`;
}

export function seconds(count) {
  if (count < 10) return `${number.format(Math.max(Math.round(count * 10) / 10, 0.1))} s`;
  return count < 100 ? `${Math.round(count)} s` : `${Math.round(count / 60)} min`;
}

export const files = (count) => (count === 1 ? "1 file" : `${count} files`);
