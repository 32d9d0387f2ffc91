import type { Estimate } from '../../model/estimate.ts';

export const estimate = (low: number, point: number, high: number): Estimate => ({
  low,
  point,
  high,
  confidence: 0.95,
  n: 20,
  method: 'test',
});

export const exactly = (value: number): Estimate => estimate(value, value, value);
