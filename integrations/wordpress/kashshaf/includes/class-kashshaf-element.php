<?php
/**
 * The search box: shortcode and block.
 *
 * @package Kashshaf
 */

defined( 'ABSPATH' ) || exit;

/**
 * The element <kashshaf-search>, with a form inside it that works without script.
 */
class Kashshaf_Element {

	const SCRIPT     = 'kashshaf-embed';
	const ATTRIBUTES = array( 'in', 'size', 'placeholder', 'section', 'source', 'tag', 'digits', 'lang', 'mode', 'theme', 'results-url' );

	/**
	 * Register shortcode, block and script.
	 *
	 * @param string $folder The plugin's folder.
	 */
	public static function register( $folder ) {
		add_shortcode( 'kashshaf', array( __CLASS__, 'shortcode' ) );
		// phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion -- the server has it revalidated.
		wp_register_script( self::SCRIPT, Kashshaf_Settings::server() . '/embed.js', array(), null, true );
		add_filter( 'script_loader_tag', array( __CLASS__, 'as_module' ), 10, 2 );
		wp_register_script(
			'kashshaf-block',
			plugins_url( 'block/editor.js', "$folder/kashshaf.php" ),
			array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-server-side-render' ),
			KASHSHAF_VERSION,
			true
		);
		wp_add_inline_script( 'kashshaf-block', 'window.kashshafLabels = ' . wp_json_encode( self::labels() ) . ';', 'before' );
		register_block_type( "$folder/block", array( 'render_callback' => array( __CLASS__, 'block' ) ) );
	}

	/**
	 * The shortcode [kashshaf].
	 *
	 * @param array|string $given Its attributes.
	 * @return string HTML.
	 */
	public static function shortcode( $given ) {
		return self::html( is_array( $given ) ? $given : array() );
	}

	/**
	 * The block.
	 *
	 * @param array $given Its attributes; results-url is called resultsUrl there.
	 * @return string HTML.
	 */
	public static function block( $given ) {
		$given['results-url'] = $given['resultsUrl'] ?? '';
		return sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), self::html( $given ) );
	}

	/**
	 * The element; where no server is set, a word to those who can set it.
	 *
	 * @param array $given Attributes by name.
	 * @return string HTML.
	 */
	public static function html( $given ) {
		$server = Kashshaf_Settings::server();
		if ( ! $server ) {
			return current_user_can( 'manage_options' )
				? '<p>' . esc_html__( 'The search box needs the address of a Kashshaf server: Settings, Kashshaf.', 'kashshaf' ) . '</p>'
				: '';
		}
		wp_enqueue_script( self::SCRIPT );
		return sprintf( '<kashshaf-search%s>%s</kashshaf-search>', self::attributes( $server, $given ), self::form( $server, $given ) );
	}

	/**
	 * The script is a module: its tag has to say so.
	 *
	 * @param string $tag    The tag.
	 * @param string $handle The script's name.
	 * @return string
	 */
	public static function as_module( $tag, $handle ) {
		if ( self::SCRIPT !== $handle ) {
			return $tag;
		}
		$plain = preg_replace( '/\stype=([\'"])text\/javascript\1/', '', $tag );
		return str_replace( '<script ', '<script type="module" ', $plain );
	}

	/**
	 * The attributes of the element, escaped.
	 *
	 * @param string $server The server's address.
	 * @param array  $given  Attributes by name.
	 * @return string
	 */
	private static function attributes( $server, $given ) {
		$html = sprintf( ' api="%s"', esc_url( $server ) );
		$key  = Kashshaf_Settings::get( 'public_key' );
		foreach ( array_merge( array( 'key' => $key ), array_intersect_key( $given, array_flip( self::ATTRIBUTES ) ) ) as $name => $value ) {
			$value = 'results-url' === $name ? esc_url( (string) $value ) : esc_attr( (string) $value );
			$html .= '' === $value ? '' : sprintf( ' %s="%s"', $name, $value );
		}
		return $html;
	}

	/**
	 * The form that stands there without script: it opens the server's own page of results.
	 *
	 * @param string $server The server's address.
	 * @param array  $given  Attributes by name.
	 * @return string HTML.
	 */
	private static function form( $server, $given ) {
		return sprintf(
			'<form role="search" method="get" action="%s"><label>%s <input type="search" name="q" dir="auto" placeholder="%s"></label> <button type="submit">%s</button></form>',
			esc_url( "$server/search" ),
			esc_html__( 'Search', 'kashshaf' ),
			esc_attr( (string) ( $given['placeholder'] ?? '' ) ),
			esc_html__( 'Search', 'kashshaf' )
		);
	}

	/**
	 * The words of the block's controls in the editor.
	 *
	 * @return string[]
	 */
	private static function labels() {
		return array(
			'title'       => __( 'Kashshaf search', 'kashshaf' ),
			'description' => __( 'A search box for articles and comments.', 'kashshaf' ),
			'options'     => __( 'Search box', 'kashshaf' ),
			'in'          => __( 'Search in', 'kashshaf' ),
			'articles'    => __( 'Articles', 'kashshaf' ),
			'comments'    => __( 'Comments', 'kashshaf' ),
			'size'        => __( 'Results at a time', 'kashshaf' ),
			'placeholder' => __( 'Words in the empty field', 'kashshaf' ),
			'section'     => __( 'Only in this section', 'kashshaf' ),
			'mode'        => __( 'How it is shown', 'kashshaf' ),
			'inline'      => __( 'On the page', 'kashshaf' ),
			'overlay'     => __( 'A button that opens it above the page', 'kashshaf' ),
		);
	}
}
