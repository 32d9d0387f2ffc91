const OWN = 'mark';

/**
 * A path with a shape at each of its points, written once; it is drawn around the origin.
 *
 * @param path the path's attributes
 */
export const marked = (shape: string, path: string): string =>
  `<marker id="${OWN}" markerUnits="userSpaceOnUse" overflow="visible">${shape}</marker><path style="marker:url(#${OWN})" ${path}/>`;

/** The markers of a picture under names that are unique in a page. */
export function withOwnMarkers(svg: string, prefix: string): string {
  let count = 0;
  return svg.replace(/<marker id="mark"([^]*?)url\(#mark\)/g, (_, between: string) => {
    count += 1;
    return `<marker id="${prefix}-${OWN}-${count}"${between}url(#${prefix}-${OWN}-${count})`;
  });
}
