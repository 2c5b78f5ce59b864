/** Whole minutes as a person says them: `one minute`, `54 minutes`, from two hours on `11 h 59 min`. */
export function minutesText(minutes: number): string {
  if (minutes < 120) return minutes === 1 ? 'one minute' : `${minutes} minutes`;
  return [`${Math.floor(minutes / 60)} h`, ...(minutes % 60 === 0 ? [] : [`${minutes % 60} min`])].join(' ');
}
