export const viewerStyle = ''
