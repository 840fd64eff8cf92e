/** Draws images of a table of raw bytes, [image, channel, row, column], grey or red, green, blue. */
class Pictures {
  constructor({ channels, height, width, pixels }) {
    Object.assign(this, { channels, height, width, bytes: Uint8Array.from(atob(pixels), letter => letter.charCodeAt(0)) });
  }

  draw(index) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [this.width, this.height];
    canvas.classList.toggle("small", this.width < 64);
    const context = canvas.getContext("2d");
    const image = context.createImageData(this.width, this.height);
    const plane = this.width * this.height;
    const first = index * this.channels * plane;
    for (let pixel = 0; pixel < plane; pixel++) {
      for (let colour = 0; colour < 3; colour++) {
        image.data[4 * pixel + colour] = this.bytes[first + (this.channels === 3 ? colour * plane : 0) + pixel];
      }
      image.data[4 * pixel + 3] = 255;
    }
    context.putImageData(image, 0, 0);
    return canvas;
  }
}
